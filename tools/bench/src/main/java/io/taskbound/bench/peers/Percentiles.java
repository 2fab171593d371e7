// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.util.Arrays;

/** Of times that were measured. */
final class Percentiles {
    private final long[] sortedNanos;

    private Percentiles(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    /** @param nanos one at least */
    static Percentiles of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    int count() {
        return sortedNanos.length;
    }

    /**
     * What so many of a hundred took at most, in milliseconds: the nearest rank.
     *
     * @param percent above 0, at most 100
     */
    double millis(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
        return sortedNanos[rank - 1] / 1e6;
    }
}
