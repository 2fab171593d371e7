// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.time.Duration;
import java.util.Arrays;

/** Some mints one after the other, and what they took. */
final class Stretch {
    private final Duration processor;
    private final Duration time;
    private final long[] sortedNanos;

    /**
     * @param processor what the server's process had of all processors meanwhile
     * @param time by the clock, from the first request to the last answer
     * @param nanos how long each took, for who asked; one at least
     */
    Stretch(Duration processor, Duration time, long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no mint at all");
        }
        this.processor = processor;
        this.time = time;
        this.sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    Duration processor() {
        return processor;
    }

    int mints() {
        return sortedNanos.length;
    }

    /** Milliseconds of processor for each. */
    double processorMillis() {
        return processor.toNanos() / 1e6 / mints();
    }

    double seconds() {
        return time.toNanos() / 1e9;
    }

    /** Mints a second. */
    double throughput() {
        return mints() / seconds();
    }

    /**
     * What so many of a hundred of them took at most, in milliseconds: the nearest rank.
     *
     * @param percent above 0, at most 100
     */
    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * mints());
        return sortedNanos[rank - 1] / 1e6;
    }
}
