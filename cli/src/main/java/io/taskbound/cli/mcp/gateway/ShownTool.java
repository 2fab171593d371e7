// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.gateway;

import io.taskbound.cli.mcp.map.ToolRule;
import io.taskbound.cli.mcp.upstream.ToolDefinition;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;

/** A tool as a caller sees it: with the arguments of the map and no others, so that no model tries one in vain. */
final class ShownTool {
    private static final List<String> TOLD =
            List.of("name", "title", "description", "outputSchema", "annotations", "icons");
    private static final List<String> KEPT = List.of("$schema", "$defs", "title", "description");

    private ShownTool() {}

    static JsonObject of(ToolDefinition tool, ToolRule rule) {
        var shown = new LinkedHashMap<String, JsonValue>();
        TOLD.forEach(name -> tool.document().get(name).ifPresent(value -> shown.put(name, value)));
        shown.put("inputSchema", schema(tool.inputSchema(), rule));
        return new JsonObject(shown);
    }

    private static JsonObject schema(JsonObject whole, ToolRule rule) {
        var properties = new LinkedHashMap<String, JsonValue>();
        whole.object("properties").orElse(JsonObject.EMPTY).members().forEach((name, value) -> {
            if (rule.knows(name)) {
                properties.put(name, withoutHeader(value));
            }
        });
        var schema = JsonObject.builder().put("type", "object");
        KEPT.forEach(name -> whole.get(name).ifPresent(value -> schema.put(name, value)));
        return schema.put("properties", new JsonObject(properties))
                .put("required", JsonArray.ofStrings(rule.required()))
                .put("additionalProperties", false)
                .build();
    }

    /** The gateway itself tells its server in header fields what the server wants there. */
    private static JsonValue withoutHeader(JsonValue property) {
        if (!(property instanceof JsonObject object) || !object.has("x-mcp-header")) {
            return property;
        }
        var without = new LinkedHashMap<>(object.members());
        without.remove("x-mcp-header");
        return new JsonObject(without);
    }
}
