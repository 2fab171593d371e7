// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Points out rules that add nothing, because another of the same task lets in everybody that they do (threat model
 * R27). Often the sign that the wider one was meant to be narrower.
 */
final class ShadowedRules {
    private final Faults faults;

    ShadowedRules(Faults faults) {
        this.faults = faults;
    }

    void check(List<AllowedRule> allowed) {
        var byTenant = new HashMap<String, List<Integer>>();
        for (int i = 0; i < allowed.size(); i++) {
            for (var tenant : tenants(allowed.get(i).rule())) {
                byTenant.computeIfAbsent(tenant, key -> new ArrayList<>()).add(i);
            }
        }
        for (int i = 0; i < allowed.size(); i++) {
            check(i, allowed, byTenant);
        }
    }

    private void check(int narrow, List<AllowedRule> allowed, Map<String, List<Integer>> byTenant) {
        var rule = allowed.get(narrow).rule();
        for (var tenant : tenants(rule)) {
            for (int wide : byTenant.getOrDefault(tenant, List.of())) {
                if (wide != narrow && shadows(allowed.get(wide).rule(), wide, rule, narrow)) {
                    faults.warning(
                            allowed.get(narrow).place(),
                            allowed.get(narrow).label() + " adds nothing: "
                                    + allowed.get(wide).label() + " lets in all that it does",
                            "remove it, or narrow the other");
                    return;
                }
            }
        }
    }

    /** Of two equal rules the later one is superfluous. */
    private static boolean shadows(Rule wide, int widePosition, Rule narrow, int narrowPosition) {
        return narrow.within(wide) && (widePosition < narrowPosition || !wide.within(narrow));
    }

    /**
     * A wider rule names at least the tenants that the narrower names, so it is enough to compare rules of one tenant.
     */
    private static List<String> tenants(Rule rule) {
        return rule.profile().tenantClaims().stream()
                .flatMap(claim -> rule.on(claim).stream()
                        .flatMap(condition -> condition.values().texts().stream()
                                .map(text -> rule.provider() + " " + claim + " " + text)))
                .toList();
    }
}
