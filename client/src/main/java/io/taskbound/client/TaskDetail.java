// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of {@code authorization_details} (RFC 9396 section 2): what is asked for, or what was granted. When
 * asking, actions and locations may be empty: the issuer fills in the task's only ones.
 *
 * @param task its name in the policy
 * @param actions as in the policy; when granted at least one
 * @param locations audiences of resource servers
 * @param identifier the one target, compared character by character
 */
public record TaskDetail(String task, List<String> actions, List<String> locations, String identifier) {
    private static final String TYPE = "task";

    /**
     * Refuses a blank task, and an identifier that is not 1 to 512 letters, digits and {@code ._~@+=,/:-} without
     * {@code //} and without a part that is only dots, with {@link IllegalArgumentException}.
     */
    public TaskDetail {
        requireText("task", task);
        Identifiers.fault(identifier).ifPresent(fault -> {
            throw new IllegalArgumentException(
                    "identifier " + fault + "; it must be one concrete target: " + Identifiers.RULE);
        });
        actions = List.copyOf(actions);
        locations = List.copyOf(locations);
    }

    /** Asks for one action of a task on one target. */
    public static TaskDetail of(String task, String action, String identifier) {
        return new TaskDetail(task, List.of(action), List.of(), identifier);
    }

    /** Exact equality on both; no case folding, no patterns, no decoding. */
    public boolean permits(String action, String wanted) {
        return actions.contains(action) && identifier.equals(wanted);
    }

    Map<String, Object> toWire() {
        var wire = new LinkedHashMap<String, Object>();
        wire.put("type", TYPE);
        wire.put("task", task);
        if (!actions.isEmpty()) {
            wire.put("actions", actions);
        }
        if (!locations.isEmpty()) {
            wire.put("locations", locations);
        }
        wire.put("identifier", identifier);
        return wire;
    }

    /** Empty unless every object is a whole permission of type task, with at least one action. */
    static Optional<List<TaskDetail>> allFrom(JsonObject holder) {
        List<JsonObject> objects = holder.objects("authorization_details").orElse(List.of());
        List<TaskDetail> details =
                objects.stream().flatMap(object -> from(object).stream()).toList();
        boolean whole = !details.isEmpty() && details.size() == objects.size();
        return whole ? Optional.of(details) : Optional.empty();
    }

    private static Optional<TaskDetail> from(JsonObject object) {
        boolean isTask = object.text("type").filter(TYPE::equals).isPresent();
        String task = object.text("task").orElse("");
        String identifier = object.text("identifier").orElse("");
        List<String> actions = object.texts("actions").orElse(List.of());
        if (!isTask || task.isBlank() || Identifiers.fault(identifier).isPresent() || actions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new TaskDetail(task, actions, object.texts("locations").orElse(List.of()), identifier));
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }
}
