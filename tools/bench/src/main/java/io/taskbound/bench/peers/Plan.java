// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.util.List;

/**
 * How many mints are measured, and where figures are taken on the way.
 *
 * @param marks ascending; the last two bound the window in which everything is supposed to be compiled
 */
record Plan(List<Integer> marks) {
    static final Plan FULL = new Plan(List.of(100, 1_000, 10_000, 20_000, 30_000, 40_000));
    /** For what is slow, or in a hurry. */
    static final Plan SHORT = new Plan(List.of(100, 1_000, 8_000, 10_000));

    static final Plan QUICK = new Plan(List.of(100, 1_000, 3_000, 4_000));

    Plan {
        marks = List.copyOf(marks);
        if (marks.size() < 2 || !marks.equals(marks.stream().sorted().distinct().toList())) {
            throw new IllegalArgumentException("marks must ascend, and be two at least");
        }
    }

    int mints() {
        return marks.get(marks.size() - 1);
    }

    int hotFrom() {
        return marks.get(marks.size() - 2);
    }
}
