// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.GithubApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What an App has to be allowed at least: typed, or collected from the tasks of a policy. */
final class AppPermissions {
    private static final Pattern PERMISSION = Pattern.compile("([a-z][a-z_]{1,63}):(read|write|admin)");
    private static final List<String> LEVELS = List.of("read", "write", "admin");

    private AppPermissions() {}

    /** By GitHub's name of the permission, each with the highest level that is asked for. */
    static SortedMap<String, String> of(Collection<String> actions) throws Complaint {
        var permissions = new TreeMap<String, String>();
        for (var action : actions) {
            var parts = PERMISSION.matcher(action);
            if (!parts.matches()) {
                throw Complaint.usage(
                        "Not a permission of GitHub with its level: " + Printable.typed(action) + ".",
                        "Write it like contents:write or pull_requests:read.");
            }
            permissions.merge(
                    parts.group(1),
                    parts.group(2),
                    (one, other) -> LEVELS.indexOf(one) > LEVELS.indexOf(other) ? one : other);
        }
        return permissions;
    }

    /** The actions that tasks have at resource servers of GitHub which serve this owner. */
    static List<String> ofPolicy(Path path, String owner, CommandContext context) throws Complaint {
        var loaded = FaultLines.tell(PolicyFiles.load(path), context::warn)
                .orElseThrow(() -> Complaint.refused(
                        "The policy " + path + " cannot be loaded.", "Correct its faults: `taskbound policy check`."));
        var servers = loaded.policy().servers().stream()
                .filter(server -> server.delivery()
                        .filter(GithubApp.class::isInstance)
                        .map(GithubApp.class::cast)
                        .filter(app -> app.owners().containsKey(owner))
                        .isPresent())
                .map(server -> server.name().value())
                .toList();
        var actions = new ArrayList<String>();
        for (var task : loaded.canonical()
                .object("tasks")
                .orElse(JsonObject.EMPTY)
                .members()
                .values()) {
            for (var item : array(task, "permissions").items()) {
                var permission = (JsonObject) item;
                if (servers.contains(permission.string("resource_server").orElse(""))) {
                    array(permission, "actions").items().forEach(action -> actions.add(((JsonString) action).value()));
                }
            }
        }
        if (actions.isEmpty()) {
            throw Complaint.refused(
                    "No task of the policy " + path + " has permissions at a github-app of the owner "
                            + Printable.of(owner) + ".",
                    "Check owners in the policy, or name the permissions with --permission.");
        }
        return actions;
    }

    private static JsonArray array(JsonValue object, String member) {
        return ((JsonObject) object).array(member).orElse(JsonArray.EMPTY);
    }
}
