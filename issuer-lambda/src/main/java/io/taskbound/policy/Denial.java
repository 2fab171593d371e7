// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * Why nothing is granted.
 *
 * @param nearest what was missing in the rule that came closest; for the audit and the policy's owner, never for the
 *     caller (threat model R30)
 * @param nextOpening when the next window opens; of a task that may not be done now, and for the same readers
 */
public record Denial(Kind kind, Optional<NearestMiss> nearest, Optional<Instant> nextOpening) {
    static Denial of(Kind kind, Optional<NearestMiss> nearest) {
        return new Denial(kind, nearest, Optional.empty());
    }

    public enum Kind {
        /** The catalogue has no such task. To the caller this looks like {@link #NOT_ALLOWED} (threat model R31). */
        UNKNOWN_TASK,
        /** No rule lets this caller do this. */
        NOT_ALLOWED,
        /** A rule lets the caller do the task, but not at the resource server that the request is for. */
        WRONG_TARGET_SERVER,
        /** A rule lets the caller do it, but no change window of the task is open. */
        OUTSIDE_WINDOW,
        /** A rule lets the caller do it, but the window ends before a token could be used. */
        WINDOW_ENDS
    }
}
