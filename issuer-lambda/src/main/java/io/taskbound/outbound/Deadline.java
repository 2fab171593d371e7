// SPDX-License-Identifier: Apache-2.0
package io.taskbound.outbound;

import java.time.Duration;

/** When an exchange of several requests has to be over. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Nothing or less when it is over. */
    public Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
