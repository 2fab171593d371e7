// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Optional;

/**
 * Why nothing is granted.
 *
 * @param nearest what was missing in the rule that came closest; for the audit and the policy's owner, never for the
 *     caller (threat model R30)
 */
public record Denial(Kind kind, Optional<NearestMiss> nearest) {

    public enum Kind {
        /** The catalogue has no such task. To the caller this looks like {@link #NOT_ALLOWED} (threat model R31). */
        UNKNOWN_TASK,
        /** No rule lets this caller do this. */
        NOT_ALLOWED,
        /** A rule lets the caller do the task, but not at the resource server that the request is for. */
        WRONG_TARGET_SERVER,
        /** A rule lets the caller do it, but no change window of the task is open. */
        OUTSIDE_WINDOW
    }
}
