// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The body of the dashboard in the template. */
final class Dashboard {
    private Dashboard() {}

    static String text() {
        return Template.substituted(Template.properties("Dashboard"), "DashboardBody");
    }

    static JsonObject body() {
        try {
            return StrictJson.parseObject(text().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    static List<JsonObject> widgets() {
        return objects(body().array("widgets").orElseThrow());
    }

    static JsonObject properties(JsonObject widget) {
        return widget.object("properties").orElseThrow();
    }

    /** The entries of {@code metrics}: names and dimensions in pairs, and options at the end. */
    static Stream<List<JsonValue>> entries(JsonObject widget) {
        return properties(widget).array("metrics").stream()
                .flatMap(entries -> entries.items().stream())
                .map(entry -> ((JsonArray) entry).items());
    }

    /** An entry that names a metric; one that is an expression has none. */
    static boolean isMetric(List<JsonValue> entry) {
        return entry.get(0) instanceof JsonString;
    }

    static Counted counted(List<JsonValue> entry) {
        var names = entry.stream()
                .filter(JsonString.class::isInstance)
                .map(name -> ((JsonString) name).value())
                .toList();
        var dimensions = new LinkedHashMap<String, String>();
        for (int at = 2; at < names.size(); at += 2) {
            dimensions.put(names.get(at), names.get(at + 1));
        }
        return new Counted(names.get(0), names.get(1), dimensions);
    }

    static Stream<Counted> counted() {
        return widgets().stream()
                .flatMap(Dashboard::entries)
                .filter(Dashboard::isMetric)
                .map(Dashboard::counted);
    }

    static List<JsonObject> objects(JsonArray array) {
        return array.items().stream().map(JsonObject.class::cast).toList();
    }
}
