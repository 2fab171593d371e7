// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.TaskToken;
import java.util.Optional;
import java.util.function.Function;

/** The result of a token exchange. */
public sealed interface MintAnswer {
    /** One function for each alternative. */
    <T> T match(Function<Granted, T> granted, Function<WouldGrant, T> wouldGrant, Function<Refused, T> refused);

    /**
     * A signed token whose record is written.
     *
     * @param credentialKind of what its holder may fetch with it; empty where the token itself is what the resource
     *     server takes
     */
    record Granted(TaskToken token, TokenRecord record, Optional<String> credentialKind) implements MintAnswer {
        @Override
        public <T> T match(
                Function<Granted, T> granted, Function<WouldGrant, T> wouldGrant, Function<Refused, T> refused) {
            return granted.apply(this);
        }
    }

    /** The dry run's yes. */
    record WouldGrant() implements MintAnswer {
        @Override
        public <T> T match(
                Function<Granted, T> granted, Function<WouldGrant, T> wouldGrant, Function<Refused, T> refused) {
            return wouldGrant.apply(this);
        }
    }

    record Refused(Refusal refusal) implements MintAnswer {
        @Override
        public <T> T match(
                Function<Granted, T> granted, Function<WouldGrant, T> wouldGrant, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
