// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads {@code allow}: names of callers and inline rules, in the order in which they are tried. */
final class AllowReader {
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_NAME = 256;

    private final DocumentReader reader;
    private final Faults faults;
    private final Declared<List<Rule>> callers;
    private final RuleReader rules;

    AllowReader(DocumentReader reader, Faults faults, Declared<List<Rule>> callers, RuleReader rules) {
        this.reader = reader;
        this.faults = faults;
        this.callers = callers;
        this.rules = rules;
    }

    List<AllowedRule> read(Place place) {
        var allowed = new ArrayList<AllowedRule>();
        var items = reader.items(place, 0, MAX_ENTRIES);
        for (int i = 0; i < items.size(); i++) {
            add(items.get(i), "allow[" + i + "]", allowed);
        }
        if (items.isEmpty()) {
            faults.warning(place, "no caller may run this task", "add allow: entries, or remove the task");
        }
        return allowed;
    }

    private void add(Place place, String label, List<AllowedRule> allowed) {
        if (place.value() instanceof JsonObject) {
            rules.read(place).ifPresent(rule -> allowed.add(new AllowedRule(place, label, rule)));
            return;
        }
        reader.text(place, MAX_NAME)
                .flatMap(name -> callers.find(name, place, faults))
                .ifPresent(found -> {
                    for (int i = 0; i < found.value().size(); i++) {
                        var rule = found.value().get(i);
                        allowed.add(new AllowedRule(place, label + " " + found.name() + "[" + i + "]", rule));
                    }
                });
    }

    /** Every rule must have a value for every variable, and must not take it only from a name. */
    void checkVariables(List<AllowedRule> allowed, List<IdentifierPattern> patterns) {
        var variables = new TreeSet<String>();
        patterns.forEach(pattern -> variables.addAll(pattern.variables()));
        for (var entry : allowed) {
            variables.stream()
                    .filter(variable -> !entry.rule().lets(variable))
                    .forEach(variable -> checkVariable(entry, variable));
            patterns.forEach(pattern -> warnOpen(entry, pattern));
        }
    }

    private void warnOpen(AllowedRule entry, IdentifierPattern pattern) {
        for (var variable : pattern.openVariables()) {
            if (!entry.rule().lets(variable)) {
                faults.warning(
                        entry.place(),
                        entry.label() + " fills in ${" + variable + "}, but " + pattern + " also reaches longer names",
                        "write / or : or @ after the variable");
            }
        }
    }

    private void checkVariable(AllowedRule entry, String variable) {
        var source = entry.rule().source(variable);
        if (source.isEmpty()) {
            faults.error(
                    entry.place(),
                    entry.label() + " supplies no value for ${" + variable + "}",
                    "write let: {" + variable + ": …} in that rule");
        } else if (!entry.rule().binds(source.get().idClaim())) {
            faults.error(
                    entry.place(),
                    entry.label() + " takes ${" + variable + "} from a name without binding "
                            + source.get().idClaim(),
                    "add " + source.get().idClaim() + ": \"…\" to that rule's claims, or write let: {" + variable
                            + ": …}");
        }
    }
}
