// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a token ended.
 *
 * @param at when, cut to milliseconds
 * @param by who: a subject, a server's or a person's name; for people, never for a decision
 * @param note a person's message, if there is one
 */
public record Closure(Instant at, String by, Cause cause, Optional<String> note) {
    /** The clock: a lapse and an expiry are nobody's act. */
    public static final String CLOCK = "clock";
    /** By whoever holds the token, or proves to be of its run. */
    public static final String HOLDER = "holder";

    /** A version of the policy that closed its window. */
    public static final String POLICY = "policy";

    /** By the run's CI system. */
    public static final String HOOK = "hook";

    public Closure {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The same at another time. */
    Closure at(Instant other) {
        return new Closure(other, by, cause, note);
    }
}
