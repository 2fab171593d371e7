// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds in a list of rules one that lets in everybody that another rule does. Of many rules it asks the index that
 * decides, so that the work does not grow with the square of the rules.
 */
final class WiderRules {
    /** Rules that are compared with one: beyond it none is found, and the rule counts as one that nothing covers. */
    private static final int MOST_COMPARED = 1_000;

    /** As few are compared with each other: to index them takes longer. */
    private static final int FEW = 8;

    private final List<Rule> rules;
    private final Map<Map<String, String>, Group> groups = new HashMap<>();
    private long comparisons;

    /** Rules with the same values for variables: none of another group can be wider. */
    private static final class Group {
        private final List<Integer> positions = new ArrayList<>();
        private RuleIndex index = RuleIndex.of(List.of());

        /** Every rule that can be wider than this one, perhaps twice; perhaps its own. */
        private void wider(Rule narrow, IntConsumer listener) {
            if (positions.size() <= FEW) {
                positions.forEach(listener::accept);
            } else {
                index.wider(narrow, found -> listener.accept(positions.get(found)));
            }
        }
    }

    private WiderRules(List<Rule> rules) {
        this.rules = rules;
    }

    /** Of rules that say the same, the first alone is found. */
    static WiderRules of(List<Rule> rules) {
        var all = new WiderRules(rules);
        var distinct = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < rules.size(); i++) {
            distinct.putIfAbsent(rules.get(i).whole(), i);
        }
        distinct.values()
                .forEach(i -> all.groups
                        .computeIfAbsent(rules.get(i).let(), any -> new Group())
                        .positions
                        .add(i));
        all.groups.values().stream()
                .filter(group -> group.positions.size() > FEW)
                .forEach(group -> group.index =
                        RuleIndex.of(group.positions.stream().map(rules::get).toList()));
        return all;
    }

    /** The position of the first rule that is wider than this one, or says the same, among those that are wanted. */
    OptionalInt find(Rule narrow, IntPredicate wanted) {
        var group = groups.get(narrow.let());
        if (group == null) {
            return OptionalInt.empty();
        }
        var candidates = IntStream.builder();
        group.wider(narrow, candidates::add);
        int[] nearest =
                candidates.build().distinct().limit(MOST_COMPARED).sorted().toArray();
        for (int position : nearest) {
            if (wanted.test(position)) {
                comparisons++;
                if (narrow.within(rules.get(position))) {
                    return OptionalInt.of(position);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** How often two rules were compared so far. */
    long comparisons() {
        return comparisons;
    }
}
