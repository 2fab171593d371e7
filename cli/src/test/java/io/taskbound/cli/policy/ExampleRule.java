// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A rule of an example as one task uses it, and claims and a request that it should allow. Reads the document by
 * itself.
 */
record ExampleRule(JsonObject document, String task, int position, JsonObject rule) {

    static List<ExampleRule> of(JsonObject document, String task) {
        var rules = new ArrayList<ExampleRule>();
        var part = part(document, task);
        for (var entry : items(task(part, task), "allow")) {
            var found = entry instanceof JsonString name
                    ? items(part.object("callers").orElseThrow(), name.value())
                    : List.of(entry);
            for (var rule : found) {
                rules.add(new ExampleRule(part, task, rules.size(), (JsonObject) rule));
            }
        }
        return rules;
    }

    /** The fragment that the task is in, or else the policy itself: each has its own callers. */
    private static JsonObject part(JsonObject document, String task) {
        return document.object("fragments").orElse(JsonObject.EMPTY).members().values().stream()
                .map(JsonObject.class::cast)
                .filter(fragment -> fragment.object("tasks")
                        .filter(tasks -> tasks.has(task))
                        .isPresent())
                .findFirst()
                .orElse(document);
    }

    private static JsonObject task(JsonObject document, String name) {
        return document.object("tasks").flatMap(tasks -> tasks.object(name)).orElseThrow();
    }

    private static List<JsonValue> items(JsonObject object, String name) {
        return object.array(name).orElse(JsonArray.EMPTY).items();
    }

    String provider() {
        return rule.string("provider").orElseThrow();
    }

    /** What everybody's token says, and then what this rule wants. */
    JsonObject claims() {
        var claims = new LinkedHashMap<String, JsonValue>();
        claims.put("sub", new JsonString("somebody"));
        claims.put("event_name", new JsonString("push"));
        claims.put("pipeline_source", new JsonString("push"));
        claims.put("repository", new JsonString("acme/shop"));
        claims.put("project_path", new JsonString("acme/shop"));
        rule.object("claims").orElseThrow().members().forEach((name, wanted) -> claims.put(name, sample(wanted)));
        for (var nested : items(rule, "nested")) {
            var path = items((JsonObject) nested, "path");
            var inner = JsonObject.builder()
                    .put(
                            text(path.get(1)),
                            sample(((JsonObject) nested).get("value").orElseThrow()))
                    .build();
            claims.put(text(path.get(0)), inner);
        }
        return new JsonObject(claims);
    }

    /** For each claim that the rule binds: another value, another type, and none. */
    List<JsonObject> changed() {
        var changed = new ArrayList<JsonObject>();
        var bound =
                new ArrayList<>(rule.object("claims").orElseThrow().members().keySet());
        items(rule, "nested")
                .forEach(nested ->
                        bound.add(text(items((JsonObject) nested, "path").get(0))));
        for (var claim : bound) {
            var members = new LinkedHashMap<>(claims().members());
            members.put(claim, new JsonString("https://evil.example/other"));
            changed.add(new JsonObject(members));
            if (!claim.equals("sub")) {
                members.put(
                        claim, new JsonArray(List.of(sample(claims().get(claim).orElseThrow()))));
                changed.add(new JsonObject(members));
                members.remove(claim);
                changed.add(new JsonObject(members));
            }
        }
        return changed;
    }

    /** One object for each entry of the task's permissions. */
    TaskRequest request(Optional<String> project) {
        var permissions = new ArrayList<RequestedPermission>();
        for (var item : items(task(document, task), "permissions")) {
            var permission = (JsonObject) item;
            var actions = new TreeSet<String>();
            items(permission, "actions").forEach(action -> actions.add(text(action)));
            var pattern = text(items(permission, "identifiers").get(0));
            permissions.add(new RequestedPermission(
                    actions, Optional.empty(), new Identifier(wildcards(variables(pattern, project)))));
        }
        return new TaskRequest(new TaskName(task), permissions, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private String variables(String pattern, Optional<String> project) {
        var text = pattern;
        for (var value : rule.object("let").orElse(JsonObject.EMPTY).members().entrySet()) {
            text = text.replace("${" + value.getKey() + "}", text(value.getValue()));
        }
        return text.replace(
                "${project}", project.filter(name -> !name.contains(":")).orElse("none"));
    }

    private static JsonValue sample(JsonValue wanted) {
        if (wanted instanceof JsonArray any) {
            return sample(any.items().get(0));
        }
        return wanted instanceof JsonString pattern ? new JsonString(wildcards(pattern.value())) : wanted;
    }

    private static String wildcards(String pattern) {
        return pattern.replace("{sha256}", "0a".repeat(32)).replace("**", "x/y").replace("*", "1.0");
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }
}
