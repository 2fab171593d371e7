// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.ApprovalId;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Approval;
import io.taskbound.token.TaskToken;
import java.util.Optional;
import java.util.function.Function;

/** The result of a token exchange. */
public sealed interface MintAnswer {
    /** One function for each alternative. */
    <T> T match(
            Function<Granted, T> granted,
            Function<WouldGrant, T> wouldGrant,
            Function<Pending, T> pending,
            Function<Refused, T> refused);

    /**
     * A signed token whose record is written.
     *
     * @param credentialKind of what its holder may fetch with it; empty where the token itself is what the resource
     *     server takes
     */
    record Granted(TaskToken token, TokenRecord record, Optional<String> credentialKind) implements MintAnswer {
        @Override
        public <T> T match(
                Function<Granted, T> granted,
                Function<WouldGrant, T> wouldGrant,
                Function<Pending, T> pending,
                Function<Refused, T> refused) {
            return granted.apply(this);
        }
    }

    /** @param approval whose approval it would need first; the dry run's yes */
    record WouldGrant(Optional<Approval> approval) implements MintAnswer {
        @Override
        public <T> T match(
                Function<Granted, T> granted,
                Function<WouldGrant, T> wouldGrant,
                Function<Pending, T> pending,
                Function<Refused, T> refused) {
            return wouldGrant.apply(this);
        }
    }

    /**
     * People have to approve it first; the ID token is as good as before.
     *
     * @param there what is known of the request for their approval
     * @param tooSoon it was asked for sooner than it should have been
     */
    record Pending(ApprovalRecord there, boolean tooSoon) implements MintAnswer {
        @Override
        public <T> T match(
                Function<Granted, T> granted,
                Function<WouldGrant, T> wouldGrant,
                Function<Pending, T> pending,
                Function<Refused, T> refused) {
            return pending.apply(this);
        }
    }

    /** @param approval which approval was denied or came to nothing, where that is why */
    record Refused(Refusal refusal, Optional<ApprovalId> approval) implements MintAnswer {
        @Override
        public <T> T match(
                Function<Granted, T> granted,
                Function<WouldGrant, T> wouldGrant,
                Function<Pending, T> pending,
                Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
