// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules that say the same but for the values of one claim. Together they let in what one rule with all of those values
 * would. Found by hashing, so that the work grows with the number of rules.
 */
final class RuleFamilies {
    /**
     * What all of a family's rules say.
     *
     * @param key all of it in one text, and where the claim is that they differ in
     * @param shown the same for people
     */
    record Family(String key, String shown, String claim, boolean contains) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Family family && key.equals(family.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** @param condition the one that the family leaves open, as the rule has it */
    record Member(Family family, Condition condition) {}

    /** A rule that says what another does, and one condition more. */
    record Longer(Rule rule, Condition condition) {}

    private final Map<String, List<Longer>> byFamily = new HashMap<>();
    private final Map<String, Longer> byRest = new HashMap<>();

    private RuleFamilies() {}

    static RuleFamilies of(Collection<Rule> rules) {
        var families = new RuleFamilies();
        for (var rule : rules) {
            var wholes = wholes(rule);
            for (int i = 0; i < rule.conditions().size(); i++) {
                var one = new Longer(rule, rule.conditions().get(i));
                var rest = rest(rule, wholes, i);
                families.byRest.putIfAbsent(rest, one);
                families.byFamily
                        .computeIfAbsent(key(rest, one.condition()), any -> new ArrayList<>(1))
                        .add(one);
            }
        }
        return families;
    }

    /** A family here that the rule would belong to. */
    Optional<Member> of(Rule rule) {
        var wholes = wholes(rule);
        for (int i = 0; i < rule.conditions().size(); i++) {
            var condition = rule.conditions().get(i);
            var key = key(rest(rule, wholes, i), condition);
            if (byFamily.containsKey(key)) {
                return Optional.of(new Member(
                        new Family(
                                key,
                                RuleChanges.shown(rule, without(rule.conditions(), i)),
                                Shown.bare(condition.name()),
                                condition.isContains()),
                        condition));
            }
        }
        return Optional.empty();
    }

    /** The condition that a rule here has besides all of this rule's. */
    Optional<Condition> oneMore(Rule rule) {
        return longer(rule).map(Longer::condition);
    }

    /** A rule here that says what this one does, and one condition more. */
    Optional<Longer> longer(Rule rule) {
        return Optional.ofNullable(byRest.get(rule.whole()));
    }

    /** All that the members of a family let the claim be. */
    List<Values> values(Family family) {
        return byFamily.getOrDefault(family.key(), List.of()).stream()
                .map(member -> member.condition().values())
                .toList();
    }

    List<Rule> members(Family family) {
        return byFamily.getOrDefault(family.key(), List.of()).stream()
                .map(Longer::rule)
                .toList();
    }

    private static String key(String rest, Condition condition) {
        return rest + "\n" + condition.where();
    }

    private static List<String> wholes(Rule rule) {
        return rule.conditions().stream().map(Condition::whole).toList();
    }

    private static <T> List<T> without(List<T> list, int position) {
        var rest = new ArrayList<>(list);
        rest.remove(position);
        return rest;
    }

    /** As {@link Rule#whole} would be without that condition. */
    private static String rest(Rule rule, List<String> wholes, int position) {
        return Rule.whole(rule.provider(), without(wholes, position), rule.let());
    }
}
