// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What is asked for, as people type it or the audit log keeps it; every identifier with the same actions. */
record WantedTask(String task, List<String> actions, List<String> identifiers) {

    static WantedTask of(JsonObject auditLine) {
        return new WantedTask(
                auditLine.string("task").orElse(""), strings(auditLine, "actions"), strings(auditLine, "identifiers"));
    }

    TaskRequest request() throws Complaint {
        if (!TaskName.isValid(task) || identifiers.isEmpty() || identifiers.size() > TaskRequest.MAX_PERMISSIONS) {
            throw Complaint.usage(
                    "\"" + task + "\" with " + identifiers.size() + " identifiers is not a request.",
                    "A task is 1 to 32 characters from a-z, 0-9 and -, with 1 to " + TaskRequest.MAX_PERMISSIONS
                            + " identifiers.");
        }
        var permissions = new ArrayList<RequestedPermission>();
        for (var text : identifiers) {
            permissions.add(new RequestedPermission(new TreeSet<>(actions), Optional.empty(), identifier(text)));
        }
        return new TaskRequest(new TaskName(task), permissions, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Identifier identifier(String text) throws Complaint {
        var fault = Identifier.fault(text);
        if (fault.isPresent()) {
            throw Complaint.usage(
                    "The identifier \"" + Printable.of(text) + "\" " + fault.get() + ".",
                    "It must be one concrete target: " + Identifier.RULE + ".");
        }
        return new Identifier(text);
    }

    private static List<String> strings(JsonObject line, String name) {
        return line.array(name).orElse(JsonArray.EMPTY).items().stream()
                .map(item -> item instanceof JsonString string ? string.value() : "?")
                .toList();
    }
}
