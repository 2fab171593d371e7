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
    private final AllowedRules.Made made = new AllowedRules.Made();

    AllowReader(DocumentReader reader, Faults faults, Declared<List<Rule>> callers, RuleReader rules) {
        this.reader = reader;
        this.faults = faults;
        this.callers = callers;
        this.rules = rules;
    }

    AllowedRules read(Place place) {
        var allowed = new ArrayList<AllowedRule>();
        var names = new ArrayList<String>();
        var items = reader.items(place, 0, MAX_ENTRIES);
        for (int i = 0; i < items.size(); i++) {
            add(items.get(i), i, allowed, names);
        }
        if (items.isEmpty()) {
            faults.warning(
                    FaultCode.NO_CALLER,
                    place,
                    "no caller may run this task",
                    "add allow: entries, or remove the task");
        }
        return made.of(names.size() == items.size() ? names : List.of(), allowed);
    }

    private void add(Place place, int entry, List<AllowedRule> allowed, List<String> names) {
        if (place.value() instanceof JsonObject) {
            rules.read(place).ifPresent(rule -> allowed.add(new AllowedRule(entry, "", 0, rule)));
            return;
        }
        reader.text(place, MAX_NAME)
                .flatMap(name -> callers.find(name, place, faults))
                .ifPresent(found -> {
                    names.add(found.name());
                    for (int i = 0; i < found.value().size(); i++) {
                        allowed.add(new AllowedRule(
                                entry, found.name(), i, found.value().get(i)));
                    }
                });
    }

    /** Every rule must have a value for every variable, and must not take it only from a name. */
    void checkVariables(AllowedRules allowed, Place allow, List<IdentifierPattern> patterns) {
        var variables = new TreeSet<String>();
        patterns.forEach(pattern -> variables.addAll(pattern.variables()));
        for (var entry : allowed.entries()) {
            variables.stream()
                    .filter(variable -> !entry.rule().lets(variable))
                    .forEach(variable -> checkVariable(entry, allow, variable));
            patterns.forEach(pattern -> warnOpen(entry, allow, pattern));
        }
    }

    private void warnOpen(AllowedRule entry, Place allow, IdentifierPattern pattern) {
        for (var variable : pattern.openVariables()) {
            if (!entry.rule().lets(variable)) {
                faults.warning(
                        FaultCode.OPEN_VARIABLE,
                        entry.place(allow),
                        entry.rule(),
                        entry.label() + " fills in ${" + variable + "}, but " + pattern + " also reaches longer names",
                        "write / or : or @ after the variable");
            }
        }
    }

    private void checkVariable(AllowedRule entry, Place allow, String variable) {
        var source = entry.rule().source(variable);
        if (source.isEmpty()) {
            faults.error(
                    FaultCode.NO_VALUE,
                    entry.place(allow),
                    entry.label() + " supplies no value for ${" + variable + "}",
                    "write let: {" + variable + ": …} in that rule");
        } else if (!entry.rule().binds(source.get().idClaim())) {
            faults.error(
                    FaultCode.VARIABLE_ID,
                    entry.place(allow),
                    entry.label() + " takes ${" + variable + "} from a name without binding "
                            + source.get().idClaim(),
                    "add " + source.get().idClaim() + ": \"…\" to that rule's claims, or write let: {" + variable
                            + ": …}");
        } else {
            source.get()
                    .changingName()
                    .filter(name -> !entry.rule().binds(name))
                    .ifPresent(name -> faults.warning(
                            FaultCode.RENAME,
                            entry.place(allow),
                            entry.rule(),
                            entry.label() + " takes ${" + variable + "} from " + name + ", which its owner can change",
                            "add " + name + ": \"…\" to that rule's claims, or write let: {" + variable + ": …}"));
        }
    }
}
