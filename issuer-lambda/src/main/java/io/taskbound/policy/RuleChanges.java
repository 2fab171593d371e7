// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whom a task lets in that it did not, and the reverse. Where a rule was written does not count: a caller's rules are
 * the task's.
 */
final class RuleChanges {
    /** Pairs of rules that are compared; beyond it every rule that is not written as before is shown as new. */
    private static final long MOST_PAIRS = 1_000_000;

    private RuleChanges() {}

    static List<String> admitted(Task task) {
        return task.rules().stream().map(rule -> shown(rule.rule())).distinct().toList();
    }

    static void compare(Task before, Task after, Noted noted) {
        var old = byText(before);
        var now = byText(after);
        var gone = missing(old, now);
        var added = missing(now, old);
        boolean comparable = (long) added.size() * old.size() + (long) gone.size() * now.size() <= MOST_PAIRS;
        for (var rule : added) {
            boolean narrower = comparable && old.values().stream().anyMatch(rule::within);
            if (narrower) {
                noted.other("lets in, of those it did already, " + shown(rule));
            } else {
                noted.wider("lets in " + shown(rule));
            }
        }
        for (var rule : gone) {
            boolean covered = comparable && now.values().stream().anyMatch(rule::within);
            if (!covered) {
                noted.narrower("does not let in all of " + shown(rule));
            }
        }
    }

    private static List<Rule> missing(Map<String, Rule> of, Map<String, Rule> in) {
        var missing = new ArrayList<Rule>();
        of.forEach((text, rule) -> {
            if (!in.containsKey(text)) {
                missing.add(rule);
            }
        });
        return missing;
    }

    private static Map<String, Rule> byText(Task task) {
        var byText = new LinkedHashMap<String, Rule>();
        task.rules().forEach(allowed -> byText.put(whole(allowed.rule()), allowed.rule()));
        return byText;
    }

    /** Says all of the rule, so that two rules of one text are one rule; for comparing, not for people. */
    private static String whole(Rule rule) {
        return rule.provider() + "\n"
                + rule.conditions().stream().map(Condition::whole).sorted().collect(Collectors.joining("\n")) + "\n"
                + new TreeMap<>(rule.let());
    }

    private static String shown(Rule rule) {
        var conditions = rule.conditions().stream()
                .sorted(Comparator.comparing(Condition::name))
                .map(condition -> Shown.text(condition.name()).replace("\"", "") + " " + condition.expected())
                .collect(Collectors.joining(", "));
        var let = new TreeMap<>(rule.let());
        var values = let.entrySet().stream()
                .map(value -> value.getKey() + "=" + Shown.text(value.getValue()))
                .collect(Collectors.joining(", "));
        return rule.provider() + ": " + conditions + (values.isEmpty() ? "" : "; let " + values);
    }
}
