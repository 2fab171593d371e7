// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Finds the rules of a task that can match a caller at all. Each rule is kept under the one of its exact claims whose
 * values the fewest rules share; so a decision costs what the caller's own rules cost, whether the others are of other
 * repositories or of other branches of the same one. Every loaded rule has such a claim: it binds its tenant by exact
 * values.
 */
final class RuleIndex {
    private static final int[] NONE = {};

    private record Key(String provider, String claim, String value) {
        // By hand: the JDK makes such code at its first use, in a cold start.
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && provider.equals(key.provider)
                    && claim.equals(key.claim)
                    && value.equals(key.value);
        }

        @Override
        public int hashCode() {
            return (provider.hashCode() * 31 + claim.hashCode()) * 31 + value.hashCode();
        }
    }

    private final Map<Key, int[]> positions;
    private final Map<String, Set<String>> claims;

    private RuleIndex(Map<Key, int[]> positions, Map<String, Set<String>> claims) {
        this.positions = positions;
        this.claims = claims;
    }

    static RuleIndex of(List<AllowedRule> rules) {
        var shared = sharedBy(rules);
        var found = new HashMap<Key, List<Integer>>();
        var claims = new HashMap<String, Set<String>>();
        for (int i = 0; i < rules.size(); i++) {
            for (var key : rarest(rules.get(i).rule(), shared)) {
                found.computeIfAbsent(key, any -> new ArrayList<>()).add(i);
                claims.computeIfAbsent(key.provider(), any -> new TreeSet<>()).add(key.claim());
            }
        }
        var positions = new HashMap<Key, int[]>();
        found.forEach((key, list) ->
                positions.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
        return new RuleIndex(positions, claims);
    }

    /** How many rules name each exact value. */
    private static Map<Key, Integer> sharedBy(List<AllowedRule> rules) {
        var counts = new HashMap<Key, Integer>();
        for (var allowed : rules) {
            exact(allowed.rule()).forEach(keys -> keys.forEach(key -> counts.merge(key, 1, Integer::sum)));
        }
        return counts;
    }

    private static List<Key> rarest(Rule rule, Map<Key, Integer> shared) {
        Optional<List<Key>> rarest = exact(rule).stream()
                .min(Comparator.comparingInt(
                        keys -> keys.stream().mapToInt(shared::get).max().orElse(0)));
        return rarest.orElse(List.of());
    }

    /** For each whole claim that must be one of certain texts, a key for each of the texts. */
    private static List<List<Key>> exact(Rule rule) {
        var provider = rule.provider().value();
        return rule.conditions().stream()
                .filter(Condition::isExactText)
                .map(condition -> condition.values().texts().stream()
                        .map(text -> new Key(provider, condition.name(), text))
                        .toList())
                .toList();
    }

    /** Positions of the rules that the caller's claims lead to, lowest first. */
    int[] candidates(Caller caller) {
        var provider = caller.provider().value();
        int[] found = NONE;
        for (var claim : claims.getOrDefault(provider, Set.of())) {
            for (var value : values(claim, caller)) {
                found = merged(found, positions.getOrDefault(new Key(provider, claim, value), NONE));
            }
        }
        return found;
    }

    private static int[] merged(int[] first, int[] second) {
        if (first.length == 0 || second.length == 0) {
            return first.length == 0 ? second : first;
        }
        return IntStream.concat(IntStream.of(first), IntStream.of(second))
                .sorted()
                .distinct()
                .toArray();
    }

    private static Iterable<String> values(String claim, Caller caller) {
        var presented = caller.claims().string(claim);
        if (presented.isEmpty()) {
            return List.of();
        }
        if (!claim.equals(Condition.SUBJECT)) {
            return List.of(presented.get());
        }
        var subjects = new TreeSet<>(caller.subjects());
        subjects.add(presented.get());
        return subjects;
    }
}
