// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.dpop.ProofFault;
import java.util.Optional;
import java.util.function.Function;

/** What an offline check says. Only {@link Accepted} with {@link VerifiedTask#permits} allows the task. */
public sealed interface Verification {
    /**
     * Signed by the issuer, for this server, unexpired. Whether it was closed is not known, unless it carries a status.
     */
    record Accepted(VerifiedTask task) implements Verification {}

    /**
     * Not acceptable: answer 401.
     *
     * @param proof what is wrong with the proof, where {@link Rejection#BAD_PROOF} is the reason
     */
    record Rejected(Rejection reason, Optional<ProofFault> proof) implements Verification {
        /** For every other reason. */
        public Rejected(Rejection reason) {
            this(reason, Optional.empty());
        }
    }

    /**
     * Nothing is known about the token: answer 503, with {@link Outage#retryAfter} as {@code Retry-After}. The issuer's
     * keys or its status list are out of reach, or were fetched too recently to be fetched again for a key id that is
     * not among them.
     */
    record Unavailable(Outage outage) implements Verification {}

    /** One function for each kind of result. */
    default <T> T match(
            Function<Accepted, T> accepted, Function<Rejected, T> rejected, Function<Unavailable, T> unavailable) {
        if (this instanceof Accepted it) {
            return accepted.apply(it);
        }
        return this instanceof Rejected it ? rejected.apply(it) : unavailable.apply((Unavailable) this);
    }
}
