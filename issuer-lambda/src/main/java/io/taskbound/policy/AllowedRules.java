// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a task in the order in which they are tried, with what is known of the list as a whole. Tasks that name
 * the same callers share one.
 */
final class AllowedRules {
    /** Of two rules of a list, the one that adds nothing and the other. */
    record Shadowed(AllowedRule narrow, AllowedRule wide) {}

    private final List<AllowedRule> entries;
    private final RuleIndex index;
    private @Nullable List<Shadowed> shadowed;

    private AllowedRules(List<AllowedRule> entries) {
        this.entries = List.copyOf(entries);
        var rules = this.entries.stream().map(AllowedRule::rule).toList();
        this.index = RuleIndex.of(rules);
    }

    /** Makes each list once. */
    static final class Made {
        private final Map<List<String>, AllowedRules> ofCallers = new HashMap<>();

        /** @param names of the callers that the list consists of; empty when it has rules of its own */
        AllowedRules of(List<String> names, List<AllowedRule> entries) {
            return names.isEmpty()
                    ? new AllowedRules(entries)
                    : ofCallers.computeIfAbsent(names, any -> new AllowedRules(entries));
        }
    }

    /** In doubt none is found. Of rules that let in the same the later ones are superfluous. */
    private List<Shadowed> shadowed(List<Rule> rules) {
        var found = new ArrayList<Shadowed>();
        var wider = WiderRules.of(rules);
        var first = new HashMap<String, Integer>();
        for (int i = 0; i < rules.size(); i++) {
            int narrow = i;
            var rule = rules.get(i);
            var same = first.putIfAbsent(rule.whole(), i);
            if (same != null) {
                found.add(new Shadowed(entries.get(i), entries.get(same)));
            } else {
                wider.find(
                                rule,
                                other -> other < narrow
                                        || (other > narrow && !rules.get(other).within(rule)))
                        .ifPresent(wide -> found.add(new Shadowed(entries.get(narrow), entries.get(wide))));
            }
        }
        return found;
    }

    List<AllowedRule> entries() {
        return entries;
    }

    RuleIndex index() {
        return index;
    }

    List<Shadowed> shadowed() {
        if (shadowed == null) {
            shadowed = shadowed(entries.stream().map(AllowedRule::rule).toList());
        }
        return shadowed;
    }
}
