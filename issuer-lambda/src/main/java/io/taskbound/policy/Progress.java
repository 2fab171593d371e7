// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Comparator;

/**
 * How far a rule got before it failed: first by stage, then by how few claims it missed, then by how many it matched.
 * Of equals the earlier rule counts.
 */
record Progress(int stage, int missed, int held) implements Comparable<Progress> {
    private static final Comparator<Progress> ORDER = Comparator.comparingInt(Progress::stage)
            .thenComparing(Comparator.comparingInt(Progress::missed).reversed())
            .thenComparingInt(Progress::held);

    @Override
    public int compareTo(Progress other) {
        return ORDER.compare(this, other);
    }
}
