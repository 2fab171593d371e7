// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one entry of {@code fragments}: the tasks and callers of a team, each within the cap that the organisation
 * wrote. A fragment sees the callers that it declares itself and no others.
 */
final class FragmentReader {
    private static final int MAX_PATH = 256;

    private final DocumentReader reader;
    private final Faults faults;
    private final RuleReader rules;
    private final LimitsReader limits;
    private final PermissionReader permissions;
    private final CapReader caps;

    FragmentReader(
            DocumentReader reader,
            Faults faults,
            RuleReader rules,
            LimitsReader limits,
            Declared<ResourceServer> servers,
            Declared<List<Approver>> approvers) {
        this.reader = reader;
        this.faults = faults;
        this.rules = rules;
        this.limits = limits;
        this.permissions = new PermissionReader(reader, faults, servers);
        this.caps = new CapReader(reader, faults, rules, permissions, approvers);
    }

    /** @param tasks is added to */
    Optional<Fragment> read(String name, Place place, Map<String, Task> tasks) {
        return reader.fields(place, "file", "cap", "callers", "tasks").flatMap(fields -> read(name, fields, tasks));
    }

    private Optional<Fragment> read(String name, Fields fields, Map<String, Task> tasks) {
        fields.find("file").ifPresent(this::unread);
        var written = fields.require("cap", "what the fragment may reach at most");
        var cap = written.flatMap(caps::read);
        var check = cap.map(bound -> new CapCheck(faults, bound));
        var callers = new Declared<List<Rule>>("caller of this fragment");
        var places =
                fields.find("callers").map(place -> callers(place, callers)).orElse(Map.of());
        places.forEach((caller, place) -> check.ifPresent(bound -> bound.name("caller", caller, place)));
        fields.find("tasks").ifPresent(place -> tasks(name, place, callers, check, tasks));
        places.forEach((caller, place) -> {
            if (!callers.isUsed(caller)) {
                faults.warning(FaultCode.UNUSED, place, "no task uses this caller", "name it in a task, or remove it");
            }
        });
        return written.filter(place -> place.value() instanceof JsonObject)
                .map(place -> new Fragment(name, (JsonObject) place.value()));
    }

    private void unread(Place place) {
        if (reader.text(place, MAX_PATH).isPresent()) {
            faults.error(
                    FaultCode.FILE,
                    place,
                    "file was not resolved",
                    "load the policy with taskbound, which inserts its tasks and callers here");
        }
    }

    private Map<String, Place> callers(Place place, Declared<List<Rule>> callers) {
        var entries = reader.named(place);
        entries.forEach((name, entry) -> {
            var read = new ArrayList<Rule>();
            reader.items(entry, 1, Integer.MAX_VALUE)
                    .forEach(item -> rules.read(item).ifPresent(read::add));
            callers.put(name, Optional.of(read));
        });
        return entries;
    }

    private void tasks(
            String fragment,
            Place place,
            Declared<List<Rule>> callers,
            Optional<CapCheck> check,
            Map<String, Task> tasks) {
        var entries = new TaskReader(
                reader,
                permissions,
                limits,
                new AllowReader(reader, faults, callers, rules),
                new ShadowedRules(faults),
                new Acceptances(reader, faults));
        reader.named(place).forEach((name, entry) -> {
            check.ifPresent(bound -> bound.name("task", name, entry));
            entries.read(name, entry, Optional.of(fragment)).ifPresent(task -> {
                check.ifPresent(bound -> bound.check(task, entry));
                if (tasks.putIfAbsent(name, task) != null) {
                    faults.error(
                            FaultCode.DEFINED_TWICE,
                            entry,
                            "a task of this name stands elsewhere in the policy",
                            "give this one another name");
                }
            });
        });
    }
}
