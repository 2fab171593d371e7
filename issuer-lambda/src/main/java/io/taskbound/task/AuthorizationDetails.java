// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The wire form of a task, {@code authorization_details} (RFC 9396 section 2), read and written. Silence refuses: a
 * type or a member that we do not know is an error (RFC 9396 section 5).
 */
public final class AuthorizationDetails {
    public static final String TYPE = "task";
    private static final Set<String> MEMBERS = Set.of("type", "task", "actions", "locations", "identifier");
    private static final int MAX_ACTIONS = 16;
    private static final int MAX_ACTION_LENGTH = 64;
    private static final int MAX_LOCATION_LENGTH = 512;

    private AuthorizationDetails() {}

    /** How reading ended: {@link Read} or {@link Unreadable}. */
    public sealed interface Parsed {
        /** One function for each alternative. */
        <T> T match(Function<Read, T> read, Function<Unreadable, T> unreadable);

        /** What was read, or what the fault is thrown as. */
        <X extends Throwable> Read orElseThrow(Function<Unreadable, X> refusal) throws X;
    }

    /** One task and its objects, at most one location among them. */
    public record Read(TaskName task, List<RequestedPermission> permissions) implements Parsed {
        public Read {
            permissions = List.copyOf(permissions);
        }

        @Override
        public <T> T match(Function<Read, T> read, Function<Unreadable, T> unreadable) {
            return read.apply(this);
        }

        @Override
        public <X extends Throwable> Read orElseThrow(Function<Unreadable, X> refusal) {
            return this;
        }
    }

    /** @param what a fixed sentence for the caller; it holds nothing of the input */
    public record Unreadable(String what) implements Parsed {
        @Override
        public <T> T match(Function<Read, T> read, Function<Unreadable, T> unreadable) {
            return unreadable.apply(this);
        }

        @Override
        public <X extends Throwable> Read orElseThrow(Function<Unreadable, X> refusal) throws X {
            throw refusal.apply(this);
        }
    }

    public static Parsed parse(String json) {
        try {
            return read(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson malformed) {
            return new Unreadable("authorization_details is not strict JSON: " + malformed.getMessage());
        } catch (Fault fault) {
            return new Unreadable(fault.what);
        }
    }

    /** The canonical wire form of what was granted: one object a permission, members and actions in fixed order. */
    public static JsonArray of(TaskName task, List<Permission> permissions) {
        var objects = new ArrayList<JsonValue>();
        for (var permission : permissions) {
            objects.add(JsonObject.builder()
                    .put("type", TYPE)
                    .put("task", task.value())
                    .put("actions", JsonArray.ofStrings(permission.actions()))
                    .put("locations", JsonArray.ofStrings(List.of(permission.location())))
                    .put("identifier", permission.identifier().value())
                    .build());
        }
        return new JsonArray(objects);
    }

    private static Parsed read(JsonValue json) throws Fault {
        if (!(json instanceof JsonArray array)) {
            throw new Fault("authorization_details must be a JSON array");
        }
        if (array.items().isEmpty() || array.items().size() > TaskRequest.MAX_PERMISSIONS) {
            throw new Fault("authorization_details must hold 1 to " + TaskRequest.MAX_PERMISSIONS + " objects");
        }
        var tasks = new HashSet<TaskName>();
        var permissions = new ArrayList<RequestedPermission>();
        for (var item : array.items()) {
            var object = object(item);
            tasks.add(task(object));
            permissions.add(permission(object));
        }
        if (tasks.size() > 1) {
            throw new Fault("authorization_details must name a single task; request one token per task");
        }
        requireDistinct(permissions);
        return new Read(tasks.iterator().next(), permissions);
    }

    private static JsonObject object(JsonValue item) throws Fault {
        if (!(item instanceof JsonObject object)) {
            throw new Fault("authorization_details must hold objects");
        }
        if (!MEMBERS.containsAll(object.members().keySet())) {
            throw new Fault("authorization_details has an unknown member; known are type, task, actions, locations,"
                    + " identifier");
        }
        if (!object.string("type").equals(Optional.of(TYPE))) {
            throw new Fault("the type in authorization_details must be \"task\"");
        }
        return object;
    }

    private static TaskName task(JsonObject object) throws Fault {
        return object.string("task")
                .filter(TaskName::isValid)
                .map(TaskName::new)
                .orElseThrow(() ->
                        new Fault("task in authorization_details must be 1 to 32 characters from" + " a-z, 0-9 and -"));
    }

    private static RequestedPermission permission(JsonObject object) throws Fault {
        var identifier = object.string("identifier")
                .orElseThrow(() -> new Fault("identifier in authorization_details is missing, or is not text"));
        var fault = Identifier.fault(identifier);
        if (fault.isPresent()) {
            throw new Fault("identifier in authorization_details " + fault.get() + "; it must be one concrete target: "
                    + Identifier.RULE);
        }
        return new RequestedPermission(actions(object), location(object), new Identifier(identifier));
    }

    private static SortedSet<String> actions(JsonObject object) throws Fault {
        var actions = new TreeSet<String>();
        if (object.has("actions")) {
            var listed = strings(object, "actions");
            actions.addAll(listed);
            if (listed.isEmpty()
                    || listed.size() > MAX_ACTIONS
                    || actions.size() < listed.size()
                    || !actions.stream().allMatch(AuthorizationDetails::isAction)) {
                throw new Fault("actions in authorization_details must be 1 to 16 different names");
            }
        }
        return actions;
    }

    /** An action is a name: up to 64 of letters, digits and {@code . _ : -}. */
    public static boolean isAction(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_ACTION_LENGTH
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._:-".indexOf(c) >= 0));
    }

    private static Optional<String> location(JsonObject object) throws Fault {
        if (!object.has("locations")) {
            return Optional.empty();
        }
        var locations = strings(object, "locations");
        if (locations.size() != 1
                || locations.get(0).isEmpty()
                || locations.get(0).length() > MAX_LOCATION_LENGTH) {
            throw new Fault("locations in authorization_details must name one resource server");
        }
        return Optional.of(locations.get(0));
    }

    private static List<String> strings(JsonObject object, String name) throws Fault {
        var values = new ArrayList<String>();
        for (var item : object.array(name).orElse(JsonArray.EMPTY).items()) {
            if (!(item instanceof JsonString string)) {
                throw new Fault(name + " in authorization_details must be an array of strings");
            }
            values.add(string.value());
        }
        return values;
    }

    /** A use is counted for each object by itself, so it must be clear which object a use belongs to. */
    private static void requireDistinct(List<RequestedPermission> permissions) throws Fault {
        var seen = new HashSet<List<String>>();
        for (var permission : permissions) {
            var actions = permission.actions().isEmpty() ? Set.of("") : permission.actions();
            for (var action : actions) {
                if (!seen.add(List.of(permission.identifier().value(), action))) {
                    throw new Fault("authorization_details names the same action and identifier twice");
                }
            }
        }
    }

    /** Ends reading at the first fault; never leaves this class. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final String what;

        Fault(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }
}
