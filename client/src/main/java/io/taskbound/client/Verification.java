// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.function.Function;

/** What an offline check says. Only {@link Accepted} with {@link VerifiedTask#permits} allows the task. */
public sealed interface Verification {
    /** Signed by the issuer, for this server, unexpired. Whether it was closed is not known. */
    record Accepted(VerifiedTask task) implements Verification {}

    /** Not acceptable: answer 401. */
    record Rejected(Rejection reason) implements Verification {}

    /** The issuer's keys are out of reach: answer 503. */
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
