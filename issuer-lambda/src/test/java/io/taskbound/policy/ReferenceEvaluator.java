// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static io.taskbound.policy.Contract.items;
import static io.taskbound.policy.Contract.text;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.task.TaskRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The policy decides once more, straight from its document and as plainly as possible: no index, no compiled form,
 * patterns by regular expression. For GitHub and Jenkins; shares no code with what it checks.
 */
final class ReferenceEvaluator {
    private static final Set<String> EVENTS = Set.of("push", "workflow_dispatch", "schedule", "release", "merge_group");
    private static final Pattern SEGMENT = Pattern.compile("[\\w.-]+");
    private static final Pattern PATH = Pattern.compile("[\\w.-]+(/[\\w.-]+)*");
    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.\\.?(/.*)?");
    private final Map<String, Pattern> patterns = new HashMap<>();

    static final String NOT_ALLOWED = "not allowed";
    static final String CLOSED = "closed";
    private static final int LEAST_SECONDS = 5;

    /**
     * What is granted: the rule's number, each object with its actions, the limits, and whether windows are only
     * watched. Otherwise that it is not allowed, or that the windows are closed or close at once.
     */
    String decide(JsonObject policy, String provider, JsonObject claims, TaskRequest request, long second) {
        var task = policy.object("tasks")
                .flatMap(tasks -> tasks.object(request.task().value()));
        if (task.isEmpty()) {
            return NOT_ALLOWED;
        }
        var granted = granted(policy, task.get(), provider, claims, request);
        if (granted.isEmpty()) {
            return NOT_ALLOWED;
        }
        boolean limited = task.get().has("windows");
        boolean enforced = !new JsonBoolean(false).equals(task.get().members().get("enforce"));
        boolean open = !limited || staysOpen(task.get(), second);
        if (enforced && !open) {
            return CLOSED;
        }
        return granted.get() + " " + ReferenceLimits.of(task.get(), redeems(policy, task.get(), request), request)
                + (enforced ? " enforced" : open ? " watched" : " watched and closed")
                + (enforced && limited
                        ? " for " + ReferenceCalendar.change(task.get(), second).orElse("no change")
                        : "");
    }

    /** Windows end with a whole second, so these are all that there is to look at. */
    private static boolean staysOpen(JsonObject task, long second) {
        for (int more = 0; more < LEAST_SECONDS; more++) {
            if (!ReferenceCalendar.isOpen(task, second + more)) {
                return false;
            }
        }
        return true;
    }

    private static boolean redeems(JsonObject policy, JsonObject task, TaskRequest request) {
        return items(task, "permissions").stream()
                .map(JsonObject.class::cast)
                .filter(entry ->
                        request.audience().isEmpty() || request.audience().get().equals(audience(policy, entry)))
                .anyMatch(entry -> policy.object("resource_servers")
                        .flatMap(all -> all.object(text(entry.members().get("resource_server"))))
                        .flatMap(server -> server.string("checks"))
                        .equals(Optional.of("redeem")));
    }

    private Optional<String> granted(
            JsonObject policy, JsonObject task, String provider, JsonObject claims, TaskRequest request) {
        int number = 0;
        for (var allowed : items(task, "allow")) {
            var rules = allowed instanceof JsonString name
                    ? items(policy.object("callers").orElseThrow(), name.value())
                    : List.of(allowed);
            for (var rule : rules) {
                number++;
                var granted = granted(policy, task, (JsonObject) rule, provider, claims, request);
                if (granted.isPresent()) {
                    return Optional.of(number + " " + granted.get());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> granted(
            JsonObject policy,
            JsonObject task,
            JsonObject rule,
            String provider,
            JsonObject claims,
            TaskRequest request) {
        if (!text(rule.members().get("provider")).equals(provider) || !admits(rule, provider, claims)) {
            return Optional.empty();
        }
        var servers = new HashMap<String, String>();
        items(task, "permissions")
                .forEach(entry -> servers.put(
                        text(((JsonObject) entry).members().get("resource_server")),
                        audience(policy, (JsonObject) entry)));
        var audience = request.audience()
                .or(() -> servers.size() == 1 ? servers.values().stream().findFirst() : Optional.empty());
        var entries = items(task, "permissions").stream()
                .map(JsonObject.class::cast)
                .filter(entry -> Optional.of(audience(policy, entry)).equals(audience))
                .toList();
        var known = new TreeSet<String>();
        entries.forEach(entry -> items(entry, "actions").forEach(action -> known.add(text(action))));
        var granted = new ArrayList<String>();
        var pairs = new HashSet<String>();
        for (var asked : request.permissions()) {
            var here = new TreeSet<String>();
            entries.stream()
                    .filter(entry -> items(entry, "identifiers").stream()
                            .anyMatch(pattern -> permits(
                                    text(pattern),
                                    rule,
                                    claims,
                                    asked.identifier().value())))
                    .forEach(entry -> items(entry, "actions").forEach(action -> here.add(text(action))));
            var sole = known.size() == 1 ? known : here.size() == 1 ? here : new TreeSet<String>();
            var actions = asked.actions().isEmpty() ? sole : asked.actions();
            for (var action : actions) {
                boolean permitted = entries.stream()
                        .filter(entry -> items(entry, "actions").contains(new JsonString(action)))
                        .flatMap(entry -> items(entry, "identifiers").stream())
                        .anyMatch(pattern -> permits(
                                text(pattern), rule, claims, asked.identifier().value()));
                if (!permitted || !pairs.add(action + " " + asked.identifier())) {
                    return Optional.empty();
                }
            }
            if (actions.isEmpty()) {
                return Optional.empty();
            }
            granted.add(actions + " " + asked.identifier());
        }
        boolean allValues = items(task, "permissions").stream()
                .flatMap(entry -> items((JsonObject) entry, "identifiers").stream())
                .allMatch(pattern -> filled(text(pattern), rule, claims).isPresent());
        return allValues ? Optional.of(granted) : Optional.empty();
    }

    private static String audience(JsonObject policy, JsonObject permission) {
        return policy.object("resource_servers")
                .flatMap(all -> all.object(text(permission.members().get("resource_server"))))
                .flatMap(server -> server.string("audience"))
                .orElseThrow();
    }

    private boolean admits(JsonObject rule, String provider, JsonObject claims) {
        var wanted = rule.object("claims").orElseThrow();
        boolean event = !provider.equals("github")
                || wanted.has("event_name")
                || claims.string("event_name").filter(EVENTS::contains).isPresent();
        return event
                && wanted.members().entrySet().stream()
                        .allMatch(entry -> holds(entry.getValue(), claims.get(entry.getKey())))
                && items(rule, "nested").stream().allMatch(nested -> nested((JsonObject) nested, claims));
    }

    private boolean nested(JsonObject nested, JsonObject claims) {
        Optional<JsonValue> at = Optional.of(claims);
        for (var step : items(nested, "path")) {
            at = at.flatMap(value -> value instanceof JsonObject object ? object.get(text(step)) : Optional.empty());
        }
        return holds(nested.get("value").orElse(nested), at);
    }

    private boolean holds(JsonValue wanted, Optional<JsonValue> actual) {
        if (actual.isEmpty()) {
            return false;
        }
        if (wanted instanceof JsonObject object) {
            var contains = object.members().get("contains");
            return actual.get() instanceof JsonArray array
                    && array.items().stream().anyMatch(item -> is(contains, item));
        }
        return is(wanted, actual.get());
    }

    private boolean is(JsonValue wanted, JsonValue actual) {
        if (wanted instanceof JsonArray any) {
            return any.items().stream().anyMatch(one -> is(one, actual));
        }
        if (wanted instanceof JsonString pattern) {
            return actual instanceof JsonString string && matches(pattern.value(), string.value());
        }
        return wanted instanceof JsonNumber number
                ? actual instanceof JsonNumber other && number.value().compareTo(other.value()) == 0
                : wanted.equals(actual);
    }

    private boolean permits(String pattern, JsonObject rule, JsonObject claims, String identifier) {
        return filled(pattern, rule, claims)
                .filter(filled -> matches(filled, identifier))
                .isPresent();
    }

    /** The pattern with the variables' values in it; no value here holds a sign that patterns know. */
    private static Optional<String> filled(String pattern, JsonObject rule, JsonObject claims) {
        int start = pattern.indexOf("${");
        if (start < 0) {
            return Optional.of(pattern);
        }
        var name = pattern.substring(start + 2, pattern.indexOf('}', start));
        var let = rule.object("let").orElse(JsonObject.EMPTY);
        var claim = name.equals("project") ? "repository" : name;
        var segments = claim.equals("repository") ? PATH : SEGMENT;
        return let.string(name)
                .or(() -> claims.string(claim)
                        .filter(value -> segments.matcher(value).matches()
                                && !DOTS.matcher(value).matches()))
                .flatMap(value -> filled(pattern.replace("${" + name + "}", value), rule, claims));
    }

    private boolean matches(String pattern, String text) {
        return patterns.computeIfAbsent(pattern, ReferenceEvaluator::compiled)
                .matcher(text)
                .matches();
    }

    private static Pattern compiled(String pattern) {
        return Pattern.compile(
                "\\Q"
                        + pattern.replace("{sha256}", "\\E[0-9a-f]{64}\\Q")
                                .replace("**", "\\E.+\\Q")
                                .replace("*", "\\E[^/:]+\\Q")
                        + "\\E",
                Pattern.DOTALL);
    }
}
