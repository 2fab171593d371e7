// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.util.OptionalDouble;

/** What of a course is compared: milliseconds of processor a mint. */
enum Figure {
    /** In the last stretch. */
    HOT("hot") {
        @Override
        OptionalDouble of(Course course) {
            return OptionalDouble.of(course.hot().processorMillis());
        }
    },
    FIRST_1_000("first 1,000") {
        @Override
        OptionalDouble of(Course course) {
            return course.millisOverFirst(1_000);
        }
    };

    private final String title;

    Figure(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract OptionalDouble of(Course course);
}
