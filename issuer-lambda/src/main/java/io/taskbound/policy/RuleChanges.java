// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whom a task lets in that it did not, and the reverse. Where a rule was written does not count: a caller's rules are
 * the task's. A rule that differs from another in one condition is told by that condition.
 */
final class RuleChanges {
    private final Map<String, Rule> old;
    private final Map<String, Rule> now;
    private final RuleFamilies before;
    private final RuleFamilies after;
    private final Set<Rule> told = new LinkedHashSet<>();
    private final Noted noted;

    private RuleChanges(Map<String, Rule> old, Map<String, Rule> now, Noted noted) {
        this.old = old;
        this.now = now;
        this.before = RuleFamilies.of(old.values());
        this.after = RuleFamilies.of(now.values());
        this.noted = noted;
    }

    static List<String> admitted(Task task) {
        return task.rules().stream().map(rule -> shown(rule.rule())).distinct().toList();
    }

    static void compare(Task earlier, Task later, Noted noted) {
        var old = byText(earlier);
        var now = byText(later);
        if (!old.keySet().equals(now.keySet())) {
            new RuleChanges(old, now, noted).compare();
        }
    }

    private void compare() {
        // A rule that takes a lost one's place is told with that, so those come first; but they are shown last.
        var narrower = new ArrayList<String>();
        gone(missing(old, now), narrower);
        added(missing(now, old));
        narrower.forEach(noted::narrower);
    }

    private void added(List<Rule> added) {
        var wider = WiderRules.of(added.isEmpty() ? List.of() : List.copyOf(old.values()));
        var families = new LinkedHashMap<RuleFamilies.Family, List<Values>>();
        for (var rule : added) {
            if (wider.find(rule, any -> true).isPresent()) {
                if (!told.contains(rule)) {
                    noted.other("still lets in " + shown(rule));
                }
                continue;
            }
            var family = before.of(rule);
            var dropped = family.isPresent() ? Optional.<Condition>empty() : before.oneMore(rule);
            if (family.isPresent()) {
                families.computeIfAbsent(family.get().family(), any -> new ArrayList<>())
                        .add(family.get().condition().values());
            } else if (dropped.isPresent()) {
                noted.wider("lets in more: no longer requires that "
                        + Requirement.of(dropped.get()).words() + ", for " + shown(rule));
            } else {
                noted.wider("lets in " + shown(rule));
            }
        }
        families.forEach((family, values) -> {
            var more = new MoreValues(values, before.values(family));
            if (more.isEmpty()) {
                noted.other("says in another way that it lets in " + family.shown() + " by their " + family.claim());
            } else {
                noted.wider("lets in more: " + family.claim() + " may now also " + more.words(family.contains())
                        + ", for " + family.shown());
            }
        });
    }

    private void gone(List<Rule> gone, List<String> narrower) {
        var wider = WiderRules.of(gone.isEmpty() ? List.of() : List.copyOf(now.values()));
        var families = new LinkedHashMap<RuleFamilies.Family, List<Values>>();
        for (var rule : gone) {
            if (wider.find(rule, any -> true).isPresent()) {
                continue;
            }
            var family = after.of(rule);
            var more = family.isPresent() ? Optional.<RuleFamilies.Longer>empty() : after.longer(rule);
            if (family.isPresent()) {
                families.computeIfAbsent(family.get().family(), any -> new ArrayList<>())
                        .add(family.get().condition().values());
                after.members(family.get().family()).forEach(told::add);
            } else if (more.isPresent()) {
                told.add(more.get().rule());
                narrower.add("lets in fewer: now requires that "
                        + Requirement.of(more.get().condition()).words() + ", for " + shown(rule));
            } else {
                narrower.add("no longer lets in all of " + shown(rule));
            }
        }
        families.forEach((family, values) -> {
            var less = new MoreValues(values, after.values(family));
            if (!less.isEmpty()) {
                narrower.add("lets in fewer: " + family.claim() + " may no longer " + less.words(family.contains())
                        + ", for " + family.shown());
            }
        });
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

    /** {@code callers of provider github whose ref is "refs/heads/main"}. */
    static String shown(Rule rule) {
        return shown(rule, rule.conditions());
    }

    static String shown(Rule rule, List<Condition> conditions) {
        var claims = conditions.stream()
                .sorted(Comparator.comparing((Condition condition) -> isUsualEvents(rule, condition))
                        .thenComparing(Condition::name))
                .map(condition -> Requirement.of(condition).words())
                .collect(Collectors.joining(", "));
        var let = new TreeMap<>(rule.let());
        var values = let.entrySet().stream()
                .map(value -> value.getKey() + "=" + Shown.whole(value.getValue()))
                .collect(Collectors.joining(", "));
        return "callers of provider " + rule.provider() + (claims.isEmpty() ? "" : " whose " + claims)
                + (values.isEmpty() ? "" : "; let " + values);
    }

    /** What every rule says that says nothing of it is read last. */
    private static boolean isUsualEvents(Rule rule, Condition condition) {
        return rule.profile()
                .defaultEvents()
                .filter(events -> condition.isOn(events.claim())
                        && condition.values().areTexts()
                        && condition.values().texts().equals(Set.copyOf(events.allowed())))
                .isPresent();
    }
}
