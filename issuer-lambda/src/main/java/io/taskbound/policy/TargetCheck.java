// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.Identifier;
import io.taskbound.task.Permission;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Judges what a request names against a task's permissions at one server, with one rule's values for the variables. */
final class TargetCheck {
    private record Entry(TaskPermission permission, List<Glob> targets) {
        boolean has(Identifier identifier) {
            return targets.stream().anyMatch(target -> target.matches(identifier.value()));
        }

        Set<String> actions() {
            return permission.actions();
        }

        /** Where the first pattern stands that the identifier matches. */
        Optional<String> pattern(Identifier identifier) {
            return IntStream.range(0, targets.size())
                    .filter(i -> targets.get(i).matches(identifier.value()))
                    .mapToObj(permission::pointer)
                    .findFirst();
        }
    }

    private final Task task;
    private final ResourceServer server;
    private final List<Entry> entries = new ArrayList<>();

    TargetCheck(Task task, ResourceServer server, Map<String, String> values) {
        this.task = task;
        this.server = server;
        for (var permission : task.at(server)) {
            var targets = permission.identifiers().stream()
                    .map(pattern -> pattern.bind(values))
                    .toList();
            entries.add(new Entry(permission, targets));
        }
    }

    /** All that the request names, actions filled in; empty unless all of it is permitted. */
    Optional<List<Permission>> permissions(TaskRequest request) {
        var permissions = new ArrayList<Permission>();
        var seen = new HashSet<List<String>>();
        for (var requested : request.permissions()) {
            var actions = actions(requested);
            for (var action : actions) {
                if (!seen.add(pair(action, requested)) || !permits(action, requested.identifier())) {
                    return Optional.empty();
                }
            }
            if (actions.isEmpty()) {
                return Optional.empty();
            }
            permissions.add(new Permission(actions, server.audience(), requested.identifier()));
        }
        return Optional.of(permissions);
    }

    /**
     * What a request leaves out is filled in only where nothing is left to choose: at this server, or on this target.
     */
    private SortedSet<String> actions(RequestedPermission requested) {
        if (!requested.actions().isEmpty()) {
            return requested.actions();
        }
        var sole = task.soleAction(server).or(() -> soleAction(requested.identifier()));
        return new TreeSet<>(sole.map(Set::of).orElse(Set.of()));
    }

    private Optional<String> soleAction(Identifier identifier) {
        var actions = new TreeSet<String>();
        entries.stream().filter(entry -> entry.has(identifier)).forEach(entry -> actions.addAll(entry.actions()));
        return actions.size() == 1 ? Optional.of(actions.first()) : Optional.empty();
    }

    /** A use is counted for one object, so it must be clear for which. */
    private static List<String> pair(String action, RequestedPermission requested) {
        return List.of(action, requested.identifier().value());
    }

    private boolean permits(String action, Identifier identifier) {
        for (var entry : entries) {
            if (entry.actions().contains(action) && entry.has(identifier)) {
                return true;
            }
        }
        return false;
    }

    /** Where the patterns stand by which a request is permitted: for each of its actions the first one. */
    List<String> patterns(TaskRequest request) {
        var patterns = new LinkedHashSet<String>();
        for (var requested : request.permissions()) {
            for (var action : actions(requested)) {
                entries.stream()
                        .filter(entry -> entry.actions().contains(action))
                        .flatMap(entry -> entry.pattern(requested.identifier()).stream())
                        .findFirst()
                        .ifPresent(patterns::add);
            }
        }
        return List.copyOf(patterns);
    }

    List<Finding> findings(TaskRequest request) {
        var findings = new ArrayList<Finding>();
        var seen = new HashSet<List<String>>();
        for (var requested : request.permissions()) {
            var actions = actions(requested);
            if (actions.isEmpty()) {
                findings.add(new Finding("action", knownActions(), Shown.ABSENT, false));
            }
            for (var action : actions) {
                findings.add(
                        seen.add(pair(action, requested))
                                ? finding(action, requested.identifier())
                                : new Finding("identifier", "named once", "named twice", false));
            }
        }
        return findings;
    }

    private Finding finding(String action, Identifier identifier) {
        var patterns = new TreeSet<String>();
        for (var entry : entries) {
            if (entry.actions().contains(action)) {
                entry.targets().forEach(target -> patterns.add(Shown.text(target.toString())));
            }
        }
        return patterns.isEmpty()
                ? new Finding("action", knownActions(), Shown.text(action), false)
                : new Finding(
                        "identifier",
                        Shown.anyOf(patterns),
                        Shown.text(identifier.value()),
                        permits(action, identifier));
    }

    private String knownActions() {
        var actions = new TreeSet<String>();
        entries.forEach(entry -> entry.actions().forEach(action -> actions.add(Shown.text(action))));
        return Shown.anyOf(actions);
    }
}
