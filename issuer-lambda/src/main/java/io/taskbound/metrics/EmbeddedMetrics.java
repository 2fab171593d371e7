// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line in CloudWatch's embedded metric format (its specification: "Embedded metric format" of the CloudWatch user
 * guide): the numbers as members, and under {@code _aws} which of them are metrics, by which dimensions.
 */
final class EmbeddedMetrics {
    static final String NAMESPACE = "Taskbound";
    private static final String ISSUER = "Issuer";

    private final Instant at;
    private final Map<String, JsonValue> members = new LinkedHashMap<>();
    private final EnumMap<Metric, JsonValue> values = new EnumMap<>(Metric.class);

    EmbeddedMetrics(String issuer, Instant at) {
        this.at = at;
        members.put(ISSUER, new JsonString(issuer));
    }

    /** A member that is neither a metric nor a dimension: to be searched for. */
    void note(String name, String value) {
        members.put(name, new JsonString(value));
    }

    void put(Metric metric, long value) {
        put(metric, JsonNumber.of(value));
    }

    void put(Metric metric, JsonValue value) {
        values.put(metric, value);
        members.put(metric.wire(), value);
    }

    /** @param told the value of the metric's own dimension */
    void put(Metric metric, String told, JsonValue value) {
        members.put(metric.dimension().orElseThrow(), new JsonString(told));
        put(metric, value);
    }

    String text() {
        var directives = new ArrayList<JsonValue>();
        directives.add(directive(Optional.empty()));
        values.keySet().stream()
                .filter(metric -> metric.dimension().isPresent())
                .forEach(metric -> directives.add(directive(metric.dimension())));
        var line = new LinkedHashMap<String, JsonValue>();
        line.put(
                "_aws",
                JsonObject.builder()
                        .put("Timestamp", at.toEpochMilli())
                        .put("CloudWatchMetrics", new JsonArray(directives))
                        .build());
        line.putAll(members);
        return JsonText.of(new JsonObject(line));
    }

    /** Names the metrics that have this second dimension, or none. */
    private JsonObject directive(Optional<String> dimension) {
        var dimensions = dimension.map(second -> List.of(ISSUER, second)).orElse(List.of(ISSUER));
        var named = values.keySet().stream()
                .filter(metric -> metric.dimension().equals(dimension))
                .<JsonValue>map(metric -> JsonObject.builder()
                        .put("Name", metric.wire())
                        .put("Unit", metric.unit())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("Namespace", NAMESPACE)
                .put("Dimensions", new JsonArray(List.of(JsonArray.ofStrings(dimensions))))
                .put("Metrics", new JsonArray(named))
                .build();
    }
}
