// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An entry of the catalogue: what may be done, on which targets, by whom, for how long and how often. */
public final class Task {
    private final TaskName name;
    private final String pointer;
    private final Optional<String> description;
    private final List<TaskPermission> permissions;
    private final Set<String> variables;
    private final TaskLimits limits;
    private final Optional<String> fragment;
    private final AllowedRules rules;

    /**
     * @param pointer where the task stands in the document
     * @param fragment the name of the fragment that it stands in
     */
    Task(
            TaskName name,
            String pointer,
            Optional<String> description,
            List<TaskPermission> permissions,
            Set<String> variables,
            TaskLimits limits,
            AllowedRules rules,
            Optional<String> fragment) {
        this.name = name;
        this.pointer = pointer;
        this.description = description;
        this.permissions = List.copyOf(permissions);
        this.variables = Set.copyOf(variables);
        this.limits = limits;
        this.fragment = fragment;
        this.rules = rules;
    }

    public TaskName name() {
        return name;
    }

    public Optional<String> description() {
        return description;
    }

    /** The resource servers that this task acts on, in the order of its permissions. */
    public List<ResourceServer> servers() {
        var servers = new LinkedHashSet<ResourceServer>();
        permissions.forEach(permission -> servers.add(permission.server()));
        return new ArrayList<>(servers);
    }

    /** The fragment that it stands in, whose cap it keeps to; empty for a task of the organisation's own. */
    public Optional<String> fragment() {
        return fragment;
    }

    /** What of it the tests of a policy can reach or miss. */
    public TaskParts parts() {
        return TaskParts.of(this);
    }

    String pointer() {
        return pointer;
    }

    List<TaskPermission> permissions() {
        return permissions;
    }

    List<TaskPermission> at(ResourceServer server) {
        return permissions.stream()
                .filter(permission -> permission.server().equals(server))
                .toList();
    }

    /**
     * The one action that the task permits at this server; empty when there are several, and the request must choose.
     */
    Optional<String> soleAction(ResourceServer server) {
        var actions = new TreeSet<String>();
        at(server).forEach(permission -> actions.addAll(permission.actions()));
        return actions.size() == 1 ? Optional.of(actions.first()) : Optional.empty();
    }

    /** The server that a request is for: the one it names, or the only one there is. */
    Optional<ResourceServer> server(Optional<String> audience) {
        var servers = servers();
        if (audience.isEmpty()) {
            return servers.size() == 1 ? Optional.of(servers.get(0)) : Optional.empty();
        }
        return servers.stream()
                .filter(server -> server.audience().equals(audience.get()))
                .findFirst();
    }

    /** Whether a token of it may be alive at {@code now}, as far as windows matter. */
    boolean mayBeAlive(boolean grantedInWindow, Instant now) {
        if (!limits.enforced()) {
            return true;
        }
        return limits.windows().isEmpty() ? !grantedInWindow : limits.windows().areOpen(now);
    }

    Set<String> variables() {
        return variables;
    }

    TaskLimits limits() {
        return limits;
    }

    List<AllowedRule> rules() {
        return rules.entries();
    }

    RuleIndex index() {
        return rules.index();
    }
}
