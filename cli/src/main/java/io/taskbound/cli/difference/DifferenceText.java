// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.policy.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A difference for a terminal. */
final class DifferenceText {
    private DifferenceText() {}

    static List<String> lines(SortedChanges changes, CommandContext context) {
        var lines = new ArrayList<String>();
        add("WIDER: allows more than before", "+ ", changes.wider(), context::red, lines);
        add("NARROWER: allows less than before", "- ", changes.narrower(), context::green, lines);
        add("NEITHER: changes no decision by itself", "  ", changes.others(), line -> line, lines);
        lines.add(changes.summary());
        return lines;
    }

    private static void add(
            String heading, String sign, List<Change> changes, UnaryOperator<String> colour, List<String> lines) {
        if (changes.isEmpty()) {
            return;
        }
        lines.add(heading);
        SortedChanges.bySubject(changes).forEach((subject, own) -> {
            lines.add("  " + subject);
            own.forEach(change -> lines.add("    " + colour.apply(sign + change.words())));
        });
        lines.add("");
    }
}
