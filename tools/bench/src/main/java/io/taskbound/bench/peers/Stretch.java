// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.time.Duration;

/**
 * Some mints one after the other, and what they took.
 *
 * @param processor what the server's process had of all processors meanwhile
 * @param time by the clock, from the first request to the last answer
 * @param latencies how long each took, for who asked
 */
record Stretch(Duration processor, Duration time, Percentiles latencies) {
    int mints() {
        return latencies.count();
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
}
