// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The result of a heartbeat. */
public sealed interface RenewAnswer {
    /**
     * The lease starts again; the token's expiry has not moved.
     *
     * @param nonce for the next proofs, where the token is bound to a key (RFC 9449 section 8.2)
     */
    record Renewed(Instant leaseEndsAt, Optional<String> nonce) implements RenewAnswer {
        /** Of a token that is bound to no key. */
        public Renewed(Instant leaseEndsAt) {
            this(leaseEndsAt, Optional.empty());
        }
    }

    /** The token is dead ({@code invalid_grant}) or the request was wrong. */
    record Refused(Refusal refusal) implements RenewAnswer {}

    /** Unknown whether the lease starts again. */
    record Unavailable(Outage outage) implements RenewAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Renewed, T> renewed, Function<Refused, T> refused, Function<Unavailable, T> unavailable) {
        if (this instanceof Renewed it) {
            return renewed.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
