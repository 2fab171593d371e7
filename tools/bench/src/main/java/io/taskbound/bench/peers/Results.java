// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that was measured, or why it was not, as a table. */
final class Results {
    private final Map<Row, Course> courses = new EnumMap<>(Row.class);
    private final Map<Row, String> lacks = new EnumMap<>(Row.class);
    private final Plan plan;

    Results(Plan plan) {
        this.plan = plan;
    }

    void add(Row row, Course course) {
        courses.put(row, course);
    }

    void lacks(Row row, String why) {
        lacks.put(row, why);
    }

    Optional<Course> of(Row row) {
        return Optional.ofNullable(courses.get(row));
    }

    Plan plan() {
        return plan;
    }

    /** In Markdown. */
    String table() {
        var head = "| | start, s | its processor, s | "
                + plan.marks().stream()
                        .filter(mark -> mark != plan.hotFrom())
                        .map(mark -> String.format(Locale.ROOT, "first %,d", mark))
                        .collect(Collectors.joining(" | "))
                + " | hot | mints/s | p50, ms | p99, ms | |\n"
                + "|---|---|---|" + "---|".repeat(plan.marks().size() - 1) + "---|---|---|---|---|\n";
        return Stream.of(Row.values())
                .filter(row -> courses.containsKey(row) || lacks.containsKey(row))
                .map(this::line)
                .collect(Collectors.joining("\n", head, ""));
    }

    private String line(Row row) {
        return of(row).map(course -> line(row, course))
                .orElseGet(() -> "| " + row.title() + " | NOT RUN: " + lacks.get(row) + " |");
    }

    private String line(Row row, Course course) {
        var marks = plan.marks().stream()
                .filter(mark -> mark != plan.hotFrom())
                .map(mark -> millis(course.millisOverFirst(mark)))
                .collect(Collectors.joining(" | "));
        var restore = course.started().restore();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.2f | %.0f | %.2f | %.2f | %s |",
                row.title(),
                seconds(course.started().start().time())
                        + restore.map(effort -> " + " + seconds(effort.time())).orElse(""),
                seconds(course.started().start().processor())
                        + restore.map(effort -> " + " + seconds(effort.processor()))
                                .orElse(""),
                marks,
                course.hot().processorMillis(),
                course.hot().throughput(),
                course.hot().latencies().millis(50),
                course.hot().latencies().millis(99),
                course.mints() == plan.mints() ? "" : window(course));
    }

    private static String window(Course course) {
        int from = course.mints() - course.hot().mints() + 1;
        return String.format(Locale.ROOT, "hot is %,d to %,d", from, course.mints());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e9);
    }

    private static String millis(OptionalDouble millis) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%.2f", millis.getAsDouble()) : "";
    }
}
