// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.window.OpenWindow;
import io.taskbound.window.Windows;
import java.time.Instant;
import java.util.Optional;

/**
 * How a task's windows stand at one time; for people who may read the policy.
 *
 * @param open the window that is open
 * @param ends whether it ends too soon for a token
 * @param next when the next one opens, after that
 * @param enforced whether they keep anybody out
 */
public record WindowsNow(Optional<OpenWindow> open, boolean ends, Optional<Instant> next, boolean enforced) {
    /** Empty for a task that may be done at any time. */
    static Optional<WindowsNow> of(TaskLimits limits, Instant now) {
        return limits.windows().isEmpty() ? Optional.empty() : Optional.of(of(limits.windows(), limits, now));
    }

    private static WindowsNow of(Windows windows, TaskLimits limits, Instant now) {
        var open = windows.openAt(now);
        return new WindowsNow(
                open,
                open.filter(window -> TaskLimits.isTooShort(window, now)).isPresent(),
                windows.nextOpening(now),
                limits.enforced());
    }

    /** Whether nothing is granted now, whatever the rules say. */
    boolean refuse() {
        return enforced && (open.isEmpty() || ends);
    }

    String text() {
        return standing() + opening() + (enforced ? "" : "; only watched (enforce: false)");
    }

    private String standing() {
        if (open.isEmpty()) {
            return "no change window is open";
        }
        var window = open.get();
        return "a change window" + window.change().map(id -> " (" + id + ")").orElse("") + " is open until "
                + window.end() + (ends ? ", too short for a token" : "");
    }

    private String opening() {
        return next.map(at -> "; the next one opens at " + at).orElse("; none opens after that");
    }
}
