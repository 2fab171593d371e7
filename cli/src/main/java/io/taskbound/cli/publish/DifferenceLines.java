// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.policy.Change;
import io.taskbound.policy.Change.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A difference between two policies for the person who is about to publish one: {@code +} is wider, {@code -} narrower.
 */
final class DifferenceLines {
    private DifferenceLines() {}

    static List<String> of(List<Change> changes, CommandContext context) {
        var bySubject = new LinkedHashMap<String, List<Change>>();
        changes.forEach(change -> bySubject
                .computeIfAbsent(change.subject(), subject -> new ArrayList<>())
                .add(change));
        var lines = new ArrayList<String>();
        bySubject.forEach((subject, own) -> {
            lines.add("  " + subject);
            own.forEach(change -> lines.add("    " + line(change, context)));
        });
        lines.add(summary(changes));
        return lines;
    }

    private static String line(Change change, CommandContext context) {
        return switch (change.effect()) {
            case WIDER -> context.red("+ " + change.words());
            case NARROWER -> context.green("- " + change.words());
            case OTHER -> "  " + change.words();
        };
    }

    private static String summary(List<Change> changes) {
        long wider = changes.stream()
                .filter(change -> change.effect() == Effect.WIDER)
                .count();
        if (changes.isEmpty()) {
            return "No decision changes: only the wording differs.";
        }
        return wider == 0
                ? "No change widens access."
                : wider + (wider == 1 ? " change widens" : " changes widen") + " access (marked +).";
    }
}
