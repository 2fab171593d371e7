// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.AuthorizationDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the {@code permissions} of a task. */
final class PermissionReader {
    private static final int MAX_ENTRIES = 32;
    private static final int MAX_PATTERNS = 64;
    private static final int MAX_ACTIONS = 16;
    private static final int MAX_NAME = 256;
    private static final int MAX_PATTERN = 512;

    private final DocumentReader reader;
    private final Faults faults;
    private final Declared<ResourceServer> servers;

    PermissionReader(DocumentReader reader, Faults faults, Declared<ResourceServer> servers) {
        this.reader = reader;
        this.faults = faults;
        this.servers = servers;
    }

    List<TaskPermission> read(Place place) {
        var permissions = new ArrayList<TaskPermission>();
        for (var item : reader.items(place, 1, MAX_ENTRIES)) {
            reader.fields(item, "resource_server", "actions", "identifiers")
                    .flatMap(this::read)
                    .ifPresent(permissions::add);
        }
        return permissions;
    }

    private Optional<TaskPermission> read(Fields fields) {
        var actions = fields.require("actions", "[sign]").map(this::actions);
        var identifiers =
                fields.require("identifiers", "[\"artifact:${project}/**\"]").map(this::identifiers);
        var server = fields.require("resource_server", "the name of a resource server")
                .flatMap(place -> reader.text(place, MAX_NAME).flatMap(name -> servers.find(name, place, faults)));
        var permission = server.map(found -> new TaskPermission(
                fields.place().pointer(),
                found.value(),
                actions.orElse(new TreeSet<>()),
                identifiers.orElse(List.of())));
        permission.ifPresent(read -> new DeliveryChecks(faults).check(read, fields));
        return permission;
    }

    private SortedSet<String> actions(Place place) {
        var actions = new TreeSet<String>();
        for (var item : reader.items(place, 1, MAX_ACTIONS)) {
            reader.text(item, MAX_NAME).ifPresent(text -> {
                if (!AuthorizationDetails.isAction(text)) {
                    faults.shape(
                            FaultCode.BAD_VALUE,
                            item,
                            "is not an action name",
                            "write 1 to 64 letters, digits and . _ : -");
                } else if (!actions.add(text)) {
                    faults.shape(FaultCode.LISTED_TWICE, item, "is listed twice", "remove one of them");
                }
            });
        }
        return actions;
    }

    private List<IdentifierPattern> identifiers(Place place) {
        var patterns = new ArrayList<IdentifierPattern>();
        for (var item : reader.items(place, 1, MAX_PATTERNS)) {
            reader.text(item, MAX_PATTERN)
                    .flatMap(text -> identifier(item, text))
                    .ifPresent(patterns::add);
        }
        return patterns;
    }

    private Optional<IdentifierPattern> identifier(Place place, String text) {
        try {
            var pattern = IdentifierPattern.of(text);
            if (pattern.isEverything()) {
                faults.warning(
                        FaultCode.ANY_TARGET,
                        place,
                        "permits any target",
                        "start with what the targets have in common");
            }
            return Optional.of(pattern);
        } catch (BadPattern bad) {
            faults.error(FaultCode.BAD_PATTERN, place, bad.what(), bad.remedy());
            return Optional.empty();
        }
    }
}
