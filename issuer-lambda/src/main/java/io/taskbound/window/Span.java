// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import java.time.Instant;

/** One stretch of time. At its start it is open, at its end closed. */
public record Span(Instant start, Instant end) {
    public Span {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a stretch of time must end after its start");
        }
    }

    boolean contains(Instant now) {
        return !now.isBefore(start) && now.isBefore(end);
    }
}
