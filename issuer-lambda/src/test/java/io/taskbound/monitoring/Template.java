// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.stack.StackTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The resources of infra/template.yaml as JSON. */
final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final JsonObject RESOURCES =
            (JsonObject) json(StackTemplate.ours().section("Resources"));

    private Template() {}

    static Map<String, JsonObject> resources(String type) {
        var found = new LinkedHashMap<String, JsonObject>();
        RESOURCES.members().forEach((name, resource) -> {
            if (((JsonObject) resource).string("Type").orElseThrow().equals(type)) {
                found.put(name, (JsonObject) resource);
            }
        });
        return found;
    }

    static JsonObject properties(String resource) {
        return properties(RESOURCES.object(resource).orElseThrow());
    }

    static JsonObject properties(JsonObject resource) {
        return resource.object("Properties").orElseThrow();
    }

    /** A text as CloudFormation would make it, where each reference stands for itself by name. */
    static String substituted(JsonObject in, String member) {
        var sub = in.object(member).orElseThrow().string("Fn::Sub").orElseThrow();
        return VARIABLE.matcher(sub).replaceAll("$1");
    }

    /** A file of this repository. */
    static String text(String file) {
        try {
            return Files.readString(StackTemplate.ROOT.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonValue json(Object value) {
        if (value instanceof Map<?, ?> map) {
            var members = new LinkedHashMap<String, JsonValue>();
            map.forEach((name, below) -> members.put(name.toString(), json(below)));
            return new JsonObject(members);
        }
        if (value instanceof List<?> list) {
            return new JsonArray(list.stream().map(Template::json).toList());
        }
        var text = value.toString();
        return NUMBER.matcher(text).matches() ? JsonNumber.of(new BigDecimal(text)) : new JsonString(text);
    }
}
