// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.TaskName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one entry of {@code tasks}. */
final class TaskReader {
    private static final int MAX_DESCRIPTION = 500;

    private final DocumentReader reader;
    private final PermissionReader permissions;
    private final LimitsReader limits;
    private final AllowReader allow;
    private final ShadowedRules shadowed;
    private final Acceptances acceptances;

    TaskReader(
            DocumentReader reader,
            PermissionReader permissions,
            LimitsReader limits,
            AllowReader allow,
            ShadowedRules shadowed,
            Acceptances acceptances) {
        this.reader = reader;
        this.permissions = permissions;
        this.limits = limits;
        this.allow = allow;
        this.shadowed = shadowed;
        this.acceptances = acceptances;
    }

    /** A task of the organisation's own. */
    Optional<Task> read(String name, Place place) {
        return read(name, place, Optional.empty());
    }

    /** @param fragment that it stands in */
    Optional<Task> read(String name, Place place, Optional<String> fragment) {
        return reader.fields(
                        place,
                        "description",
                        "permissions",
                        "max_lifetime",
                        "max_uses",
                        "lease",
                        BudgetReader.MAX_LIVE,
                        BudgetReader.MAX_LIVE_PER_RUN,
                        BudgetReader.ONCE_PER_RUN,
                        ApprovalReader.FIELD,
                        WindowsReader.WINDOWS,
                        EnforceReader.ENFORCE,
                        "allow",
                        "accept")
                .flatMap(fields -> read(name, fields, fragment));
    }

    private Optional<Task> read(String name, Fields fields, Optional<String> fragment) {
        acceptances.read(fields);
        var description = fields.find("description").flatMap(place -> reader.text(place, MAX_DESCRIPTION));
        var permitted =
                fields.require("permissions", "[ … ]").map(permissions::read).orElse(List.of());
        var place = fields.require("allow", "[the names of callers]");
        var allowed = place.map(allow::read);
        var taskLimits = limits.read(
                fields, permitted, allowed.map(AllowedRules::entries).orElse(List.of()));
        var identifiers = permitted.stream()
                .flatMap(entry -> entry.identifiers().stream())
                .toList();
        allowed.ifPresent(rules -> {
            allow.checkVariables(rules, place.orElseThrow(), identifiers);
            shadowed.check(rules, place.orElseThrow());
        });
        return Optional.of(name)
                .filter(TaskName::isValid)
                .flatMap(valid -> allowed.map(rules -> new Task(
                        new TaskName(valid),
                        fields.place().pointer(),
                        description,
                        permitted,
                        variables(permitted),
                        taskLimits,
                        rules,
                        fragment)));
    }

    private static Set<String> variables(List<TaskPermission> permissions) {
        var variables = new TreeSet<String>();
        for (var permission : permissions) {
            permission.identifiers().forEach(pattern -> variables.addAll(pattern.variables()));
        }
        return variables;
    }
}
