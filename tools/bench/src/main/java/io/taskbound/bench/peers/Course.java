// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What was measured of one server, from its first mint on. */
final class Course {
    private final Started started;
    private final List<Stretch> stretches = new ArrayList<>();

    Course(Started started) {
        this.started = started;
    }

    void add(Stretch stretch) {
        stretches.add(stretch);
    }

    Started started() {
        return started;
    }

    /** All of them. */
    int mints() {
        return stretches.stream().mapToInt(Stretch::mints).sum();
    }

    /** Milliseconds of processor a mint, over the first so many; empty when none of its stretches ends there. */
    OptionalDouble millisOverFirst(int mints) {
        var processor = Duration.ZERO;
        int sum = 0;
        for (var stretch : stretches) {
            sum += stretch.mints();
            processor = processor.plus(stretch.processor());
            if (sum == mints) {
                return OptionalDouble.of(processor.toNanos() / 1e6 / mints);
            }
        }
        return OptionalDouble.empty();
    }

    /** The last stretch, when everything is supposed to be compiled. */
    Stretch hot() {
        return stretches.get(stretches.size() - 1);
    }
}
