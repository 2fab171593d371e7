// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Policy;
import io.taskbound.policy.ResourceServer;
import io.taskbound.policy.Spelling;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads what a case asks for: a task, its actions, its targets, and where it says so the server and the life wanted.
 */
final class RequestReader {
    private static final String[] FIELDS = {
        "task", "actions", "identifier", "identifiers", "server", "lifetime", "lease"
    };

    private final Policy policy;

    RequestReader(Policy policy) {
        this.policy = policy;
    }

    static String[] fields() {
        return FIELDS.clone();
    }

    /** Empty, and a fault is added, when no step could make such a request. */
    Optional<TaskRequest> read(DocumentFields fields) {
        fields.requires("task", "sign-release");
        var task = fields.text("task");
        if (task.filter(name -> !TaskName.isValid(name)).isPresent()) {
            fields.fault(
                    FaultCode.BAD_NAME,
                    "task",
                    "a task's name is 1 to 32 characters from a-z, 0-9 and -",
                    "write the name of a task");
            return Optional.empty();
        }
        var permissions = permissions(fields);
        var audience = audience(fields);
        var lifetime = fields.duration("lifetime");
        var lease = fields.duration("lease");
        return permissions.isEmpty()
                ? Optional.empty()
                : task.map(name -> new TaskRequest(new TaskName(name), permissions, audience, lifetime, lease));
    }

    private List<RequestedPermission> permissions(DocumentFields fields) {
        var texts =
                fields.has("identifier") ? fields.text("identifier").stream().toList() : fields.texts("identifiers");
        if (fields.has("identifier") == fields.has("identifiers")) {
            fields.fault(
                    FaultCode.MISSING_FIELD,
                    "",
                    "a request names its targets once",
                    "write identifier: \"…\" for one target, or identifiers: [ … ] for several");
            return List.of();
        }
        var field = fields.has("identifier") ? "identifier" : "identifiers";
        var actions = actions(fields);
        if (texts.size() > TaskRequest.MAX_PERMISSIONS) {
            fields.fault(
                    FaultCode.BAD_LENGTH,
                    field,
                    "a request has at most " + TaskRequest.MAX_PERMISSIONS + " targets",
                    "remove some");
            return List.of();
        }
        var permissions = new ArrayList<RequestedPermission>();
        for (var text : texts) {
            var flaw = Identifier.fault(text);
            flaw.ifPresent(what -> fields.fault(
                    FaultCode.BAD_VALUE,
                    field,
                    "the identifier " + what,
                    "write one concrete target: " + Identifier.RULE));
            if (flaw.isEmpty()) {
                permissions.add(
                        new RequestedPermission(new TreeSet<>(actions), Optional.empty(), new Identifier(text)));
            }
        }
        return permissions.size() == texts.size() ? permissions : List.of();
    }

    private static List<String> actions(DocumentFields fields) {
        var actions = fields.texts("actions");
        actions.stream()
                .filter(action -> !AuthorizationDetails.isAction(action))
                .forEach(action -> fields.fault(
                        FaultCode.BAD_VALUE,
                        "actions",
                        "\"" + action + "\" is not an action name",
                        "write 1 to 64 letters, digits and . _ : -"));
        return actions;
    }

    private Optional<String> audience(DocumentFields fields) {
        var name = fields.text("server");
        var server = name.filter(ServerName::isValid).flatMap(valid -> policy.server(new ServerName(valid)));
        if (name.isPresent() && server.isEmpty()) {
            var known = policy.servers().stream()
                    .map(declared -> declared.name().value())
                    .toList();
            fields.fault(
                    FaultCode.UNKNOWN_NAME,
                    "server",
                    "the policy has no resource server \"" + name.get() + "\"",
                    Spelling.nearest(name.get(), known)
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("write one of " + String.join(", ", known)));
        }
        return server.map(ResourceServer::audience);
    }
}
