// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.TokenRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * The end of one token, as this instance saw it.
 *
 * @param cause the word of its {@link Cause}, or {@link #SPENT}
 * @param used from its issue to its end
 * @param granted from its issue to its expiry
 * @param late it had lapsed or expired before it was closed: it outlived its step
 * @param before it had ended before, by its last use, and is not to be counted again
 */
record TokenEnd(String cause, Duration used, Duration granted, boolean late, boolean before) {
    static final String SPENT = "spent";

    /** @param closed a record that a close has just changed */
    static TokenEnd closed(TokenRecord closed, Cause cause, Instant now) {
        return of(
                closed,
                cause.wire(),
                now,
                closed.diedBeforeItWasClosedAt(now),
                closed.livenessBeforeItWasClosedAt(now) == Liveness.SPENT);
    }

    static TokenEnd spent(TokenRecord spent, Instant now) {
        return of(spent, SPENT, now, false, false);
    }

    private static TokenEnd of(TokenRecord token, String cause, Instant now, boolean late, boolean before) {
        var granted = Duration.between(token.life().issued(), token.life().expires());
        var used = Duration.between(token.life().issued(), now);
        return new TokenEnd(cause, used.compareTo(granted) < 0 ? used : granted, granted, late, before);
    }

    /** Whether a close or a last use ended it, and not the clock. */
    boolean counts() {
        return !late && !before;
    }
}
