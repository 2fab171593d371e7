// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the rules of a task that can match a caller at all, by provider and tenant; so a decision costs what the
 * caller's own rules cost, however many others there are. Every loaded rule binds its tenant by exact values.
 */
final class RuleIndex {
    private record Key(String provider, String claim, String value) {}

    private final Map<Key, int[]> positions;
    private final Map<String, List<String>> tenantClaims;

    private RuleIndex(Map<Key, int[]> positions, Map<String, List<String>> tenantClaims) {
        this.positions = positions;
        this.tenantClaims = tenantClaims;
    }

    static RuleIndex of(List<AllowedRule> rules) {
        var found = new HashMap<Key, List<Integer>>();
        var claims = new HashMap<String, List<String>>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i).rule();
            var provider = rule.provider().value();
            claims.put(provider, List.copyOf(rule.profile().tenantClaims()));
            for (var key : keys(rule)) {
                found.computeIfAbsent(key, any -> new ArrayList<>()).add(i);
            }
        }
        var positions = new HashMap<Key, int[]>();
        found.forEach((key, list) ->
                positions.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
        return new RuleIndex(positions, claims);
    }

    private static List<Key> keys(Rule rule) {
        var keys = new ArrayList<Key>();
        for (var claim : rule.profile().tenantClaims()) {
            if (keys.isEmpty() && rule.binds(claim)) {
                rule.on(claim)
                        .ifPresent(condition -> condition
                                .values()
                                .texts()
                                .forEach(
                                        text -> keys.add(new Key(rule.provider().value(), claim, text))));
            }
        }
        return keys;
    }

    /** Positions of the rules that name the caller's tenant, lowest first. */
    int[] candidates(Caller caller) {
        int[] only = {};
        BitSet several = new BitSet(0);
        for (var claim : tenantClaims.getOrDefault(caller.provider().value(), List.of())) {
            for (var value : values(claim, caller)) {
                int[] found = positions.get(new Key(caller.provider().value(), claim, value));
                if (found != null) {
                    merge(only, found, several);
                    only = only.length == 0 ? found : only;
                }
            }
        }
        return several.isEmpty() ? only : several.stream().toArray();
    }

    private static void merge(int[] first, int[] found, BitSet several) {
        if (first.length > 0) {
            for (int position : first) {
                several.set(position);
            }
            for (int position : found) {
                several.set(position);
            }
        }
    }

    private static Iterable<String> values(String claim, Caller caller) {
        var presented = caller.claims().string(claim);
        if (presented.isEmpty()) {
            return List.of();
        }
        if (!claim.equals("sub")) {
            return List.of(presented.get());
        }
        var subjects = new TreeSet<>(caller.subjects());
        subjects.add(presented.get());
        return subjects;
    }
}
