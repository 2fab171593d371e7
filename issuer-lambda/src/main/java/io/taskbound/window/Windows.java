// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import java.time.Instant;
import java.util.Optional;

/** The change windows of one task. Where two of them touch or overlap they are one. */
public final class Windows {
    /** Of a task that may be done at any time. */
    public static final Windows NONE = new Windows();

    private Windows() {}

    /** Whether the task may be done at any time. */
    public boolean isEmpty() {
        return true;
    }

    /** When the window that is open at {@code now} ends; empty while none is open. At its end it is closed. */
    public Optional<Instant> openUntil(Instant now) {
        return Optional.empty();
    }

    /** When the next window opens, after {@code now}; empty where none will, or none within two years. */
    public Optional<Instant> nextOpening(Instant now) {
        return Optional.empty();
    }
}
