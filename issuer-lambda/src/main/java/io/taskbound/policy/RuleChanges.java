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
    private RuleChanges() {}

    static List<String> admitted(Task task) {
        return task.rules().stream().map(rule -> shown(rule.rule())).distinct().toList();
    }

    static void compare(Task earlier, Task later, Noted noted) {
        var old = byText(earlier);
        var now = byText(later);
        var gone = missing(old, now);
        var added = missing(now, old);
        var before = WiderRules.of(added.isEmpty() ? List.of() : List.copyOf(old.values()));
        for (var rule : added) {
            if (before.find(rule, any -> true).isPresent()) {
                noted.other("lets in, of those it did already, " + shown(rule));
            } else {
                noted.wider("lets in " + shown(rule));
            }
        }
        var after = WiderRules.of(gone.isEmpty() ? List.of() : List.copyOf(now.values()));
        for (var rule : gone) {
            if (after.find(rule, any -> true).isEmpty()) {
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
        task.rules().forEach(allowed -> byText.put(allowed.rule().whole(), allowed.rule()));
        return byText;
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
