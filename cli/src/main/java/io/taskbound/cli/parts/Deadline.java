// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import java.time.Duration;

/**
 * How long all of it may take: waiting for another process that fetches the same, and fetching.
 *
 * @param whole as it was when the time began
 * @param end as {@link System#nanoTime} says it
 */
record Deadline(Duration whole, long end) {
    static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime() + whole.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** What is left of it, but at most this; never nothing, so that it can be waited for. */
    Duration atMost(Duration most) {
        var left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        return left.compareTo(most) < 0 ? left : most;
    }

    String words() {
        return whole.toMinutes() > 0 ? whole.toMinutes() + " min" : whole.toSeconds() + " s";
    }
}
