// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.Position;
import io.taskbound.cli.terminal.Printable;
import java.util.ArrayList;
import java.util.List;

/** A run of tests for people: what failed with the trace of {@code policy explain}, and what is not covered. */
final class TextReport {
    private static final int WIDTH = 46;

    private TextReport() {}

    static List<String> lines(TestReport report) {
        var lines = new ArrayList<String>();
        for (var policy : report.policies()) {
            policy.failed().forEach(outcome -> lines.addAll(failed(policy, outcome)));
            if (report.coverage()) {
                lines.addAll(coverage(policy));
            }
            report.uncovered(policy)
                    .forEach(part -> lines.add(part.position() + ": not covered: " + Printable.of(part.missing())));
        }
        return lines;
    }

    private static List<String> failed(TestedPolicy policy, Outcome outcome) {
        var lines = new ArrayList<String>();
        lines.add(outcome.test().position() + ": failed: "
                + Printable.of(outcome.test().name()));
        outcome.differences().forEach(difference -> lines.add("  " + Printable.of(difference)));
        policy.hinge(outcome).map(Position::toString).ifPresent(place -> lines.add("  see " + place));
        outcome.answer().lines().forEach(line -> lines.add("    " + Printable.of(line)));
        return lines;
    }

    private static List<String> coverage(TestedPolicy policy) {
        var lines = new ArrayList<String>();
        lines.add("coverage of " + policy.policy());
        for (var kind : CoveredPart.Kind.values()) {
            int all = policy.coverage().of(kind).size();
            int covered = all - policy.coverage().uncovered(kind).size();
            lines.add("  " + kind.words()
                    + " ".repeat(Math.max(1, WIDTH - kind.words().length())) + covered + " of " + all);
        }
        return lines;
    }
}
