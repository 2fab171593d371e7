// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import java.time.Duration;
import java.util.function.Function;

/** The result of a heartbeat. */
public sealed interface RenewAnswer {
    /** One function for each alternative. */
    <T> T match(Function<Renewed, T> renewed, Function<Refused, T> refused);

    /**
     * @param left how long the lease runs from now; never past the token's expiry
     * @param bound whether the token is bound to a key, whose next proofs need a new nonce
     */
    record Renewed(Duration left, boolean bound) implements RenewAnswer {
        @Override
        public <T> T match(Function<Renewed, T> renewed, Function<Refused, T> refused) {
            return renewed.apply(this);
        }
    }

    record Refused(Refusal refusal) implements RenewAnswer {
        @Override
        public <T> T match(Function<Renewed, T> renewed, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
