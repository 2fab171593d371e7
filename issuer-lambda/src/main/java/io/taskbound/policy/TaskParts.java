// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.TaskName;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a task that a test of the policy can reach or miss, each with the place where it stands in the document,
 * as a JSON pointer (RFC 6901).
 *
 * @param hasWindows whether an answer depends on the time
 * @param rules in the order in which they are tried
 * @param patterns in the order in which they are written
 */
public record TaskParts(
        TaskName task, String pointer, boolean hasWindows, List<RulePart> rules, List<PatternPart> patterns) {
    public TaskParts {
        rules = List.copyOf(rules);
        patterns = List.copyOf(patterns);
    }

    /**
     * @param label as in a {@link RuleTrace}
     * @param claims what the rule asks of the caller, as a {@link Finding} names it; events that a profile adds too
     */
    public record RulePart(String label, String pointer, List<String> claims) {
        public RulePart {
            claims = List.copyOf(claims);
        }
    }

    /** @param text the identifier pattern as it is written */
    public record PatternPart(String text, String pointer) {}

    static TaskParts of(Task task) {
        var patterns = new ArrayList<PatternPart>();
        for (var permission : task.permissions()) {
            for (int i = 0; i < permission.identifiers().size(); i++) {
                patterns.add(new PatternPart(permission.identifiers().get(i).toString(), permission.pointer(i)));
            }
        }
        var rules = task.rules().stream()
                .map(entry -> new RulePart(
                        entry.label(),
                        entry.rule().pointer(),
                        entry.rule().conditions().stream().map(Condition::name).toList()))
                .toList();
        return new TaskParts(
                task.name(), task.pointer(), !task.limits().windows().isEmpty(), rules, patterns);
    }
}
