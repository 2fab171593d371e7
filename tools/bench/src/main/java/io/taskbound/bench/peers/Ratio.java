// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure of one candidate in relation to the same of another.
 *
 * @param bar what the ratio may be at most, or must be at least; absent where none was set
 */
record Ratio(Figure figure, Row above, Row below, Optional<Bar> bar) {
    /** What the issue demands, and what is worth knowing beside it. */
    static final List<Ratio> ALL = List.of(
            bound(Figure.HOT, Row.ON_DEMAND, Row.BAO_RAFT, Bar.atMost(0.45)),
            bound(Figure.HOT, Row.SNAPSHOT, Row.BAO_RAFT, Bar.atMost(0.45)),
            bound(Figure.HOT, Row.ON_DEMAND, Row.BAO_MEMORY, Bar.atMost(1.0)),
            bound(Figure.HOT, Row.SNAPSHOT, Row.BAO_MEMORY, Bar.atMost(1.0)),
            bound(Figure.FIRST_1_000, Row.SNAPSHOT, Row.BAO_RAFT, Bar.atMost(0.8)),
            bound(Figure.HOT, Row.KEYCLOAK, Row.ON_DEMAND, Bar.atLeast(5)),
            bound(Figure.HOT, Row.KEYCLOAK, Row.SNAPSHOT, Bar.atLeast(5)),
            free(Figure.HOT, Row.SERVE, Row.BAO_RAFT),
            free(Figure.HOT, Row.SERVE, Row.BAO_MEMORY),
            free(Figure.FIRST_1_000, Row.ON_DEMAND, Row.BAO_RAFT),
            free(Figure.FIRST_1_000, Row.KEYCLOAK, Row.SNAPSHOT));

    /** @param atMost else at least */
    record Bar(double value, boolean atMost) {
        static Bar atMost(double value) {
            return new Bar(value, true);
        }

        static Bar atLeast(double value) {
            return new Bar(value, false);
        }

        boolean holds(double ratio) {
            return atMost ? ratio <= value : ratio >= value;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.2f", atMost ? "at most" : "at least", value);
        }
    }

    /** How it stands to its bar. */
    enum Verdict {
        PASS,
        MISS,
        NOT_RUN,
        NO_BAR
    }

    private static Ratio bound(Figure figure, Row above, Row below, Bar bar) {
        return new Ratio(figure, above, below, Optional.of(bar));
    }

    private static Ratio free(Figure figure, Row above, Row below) {
        return new Ratio(figure, above, below, Optional.empty());
    }

    /** Empty when one of both was not measured. */
    OptionalDouble value(Results results) {
        var numerator = of(above, results);
        var denominator = of(below, results);
        return numerator.isPresent() && denominator.isPresent()
                ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble())
                : OptionalDouble.empty();
    }

    private OptionalDouble of(Row row, Results results) {
        return results.of(row).map(figure::of).orElse(OptionalDouble.empty());
    }

    /** After a few mints nothing is hot: a short run does not judge what is said of that. */
    Verdict verdict(Results results) {
        if (bar.isEmpty()) {
            return Verdict.NO_BAR;
        }
        var value = value(results);
        if (value.isEmpty() || (figure == Figure.HOT && !results.plan().equals(Plan.FULL))) {
            return Verdict.NOT_RUN;
        }
        return bar.get().holds(value.getAsDouble()) ? Verdict.PASS : Verdict.MISS;
    }

    /** A line of a table in Markdown. */
    String line(Results results) {
        var value = value(results);
        var verdict = verdict(results);
        return String.format(
                Locale.ROOT,
                "| %s: %s / %s | %s | %s | %s |",
                figure.title(),
                above.title(),
                below.title(),
                value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "",
                bar.map(Bar::toString).orElse(""),
                verdict == Verdict.NO_BAR ? "" : verdict.name().replace('_', ' '));
    }
}
