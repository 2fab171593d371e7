// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CourseTest {
    private final Course course =
            new Course(Started.once(new Started.Effort(Duration.ofSeconds(1), Duration.ofSeconds(1))));

    /** So many mints, of which each had so many milliseconds of processor and took twice that. */
    static Stretch stretch(int mints, int millisEach) {
        var nanos = new long[mints];
        java.util.Arrays.fill(nanos, 2_000_000L * millisEach);
        return new Stretch(
                Duration.ofMillis((long) mints * millisEach),
                Duration.ofMillis(2L * mints * millisEach),
                Percentiles.of(nanos));
    }

    @Test
    void aFigureOfTheFirstMintsCountsAllFromTheFirst() {
        course.add(stretch(100, 10));
        course.add(stretch(900, 5));
        course.add(stretch(3_000, 1));
        assertThat(course.millisOverFirst(100)).hasValue(10);
        assertThat(course.millisOverFirst(1_000)).hasValue(5.5);
        assertThat(course.millisOverFirst(4_000)).hasValue(2.125);
        assertThat(course.mints()).isEqualTo(4_000);
    }

    @Test
    void thereIsNoFigureWhereNoStretchEnds() {
        course.add(stretch(100, 10));
        course.add(stretch(900, 5));
        assertThat(course.millisOverFirst(500)).isEmpty();
        assertThat(course.millisOverFirst(40_000)).isEmpty();
    }

    @Test
    void hotIsTheLastStretchAlone() {
        course.add(stretch(100, 10));
        course.add(stretch(50, 2));
        assertThat(course.hot().processorMillis()).isEqualTo(2);
        assertThat(course.hot().throughput()).isEqualTo(250);
    }
}
