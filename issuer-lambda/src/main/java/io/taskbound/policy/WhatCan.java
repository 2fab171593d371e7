// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PartialCaller.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a caller may do of whom only some claims need be known: an answer for each task. It may, whatever its other
 * claims are; it may if they are as said; or it may not, whatever they are.
 */
public final class WhatCan {
    private final PartialCaller caller;

    private WhatCan(PartialCaller caller) {
        this.caller = caller;
    }

    /** One for each task, in the order of the policy. */
    public static List<Allowance> of(Policy policy, PartialCaller caller) {
        var asked = new WhatCan(caller);
        return policy.tasks().stream().map(asked::allowance).toList();
    }

    private Allowance allowance(Task task) {
        var ways = new ArrayList<Allowance.Way>();
        var fewest = Integer.MAX_VALUE;
        var reason = "none of its rules is for provider " + caller.provider().name();
        for (int i = 0; i < task.rules().size(); i++) {
            var entry = task.rules().get(i);
            if (!entry.rule().provider().equals(caller.provider().name())) {
                continue;
            }
            var contrary = contrary(task, entry.rule());
            if (contrary.isEmpty()) {
                ways.add(way(task, entry));
            } else if (contrary.size() < fewest) {
                fewest = contrary.size();
                reason = "rule " + (i + 1) + ": " + String.join("; ", contrary);
            }
        }
        return new Allowance(task, ways, ways.isEmpty() ? Optional.of(reason) : Optional.empty());
    }

    /** What of the rule this caller can never fulfil. */
    private List<String> contrary(Task task, Rule rule) {
        var contrary = new ArrayList<String>();
        for (var condition : rule.conditions()) {
            if (caller.holds(condition) == Known.NO) {
                contrary.add(Shown.bare(condition.name()) + " is " + caller.actual(condition) + ", and the rule wants "
                        + condition.expected());
            }
        }
        for (var variable : new TreeSet<>(task.variables())) {
            if (caller.has(rule, variable) == Known.NO) {
                contrary.add("it has no value for ${" + variable + "} that may stand in an identifier");
            }
        }
        return contrary;
    }

    private Allowance.Way way(Task task, AllowedRule entry) {
        var rule = entry.rule();
        var conditions = rule.conditions().stream()
                .filter(condition -> caller.holds(condition) == Known.OPEN)
                .toList();
        var variables = new TreeSet<String>();
        var values = new HashMap<String, String>();
        for (var variable : task.variables()) {
            caller.value(rule, variable)
                    .ifPresentOrElse(value -> values.put(variable, value), () -> variables.add(variable));
        }
        return new Allowance.Way(task, entry, conditions, variables, values);
    }
}
