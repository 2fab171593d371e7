// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
        var out = new StringBuilder(1_024)
                .append("{\"_aws\":{\"Timestamp\":")
                .append(at.toEpochMilli())
                .append(",\"CloudWatchMetrics\":[");
        directive(Optional.empty(), out);
        values.keySet().stream()
                .filter(metric -> metric.dimension().isPresent())
                .forEach(metric -> directive(metric.dimension(), out.append(',')));
        // The members' own opening brace makes way for the one above.
        return out.append("]},")
                .append(JsonText.of(new JsonObject(members)).substring(1))
                .toString();
    }

    private void directive(Optional<String> dimension, StringBuilder out) {
        out.append("{\"Namespace\":\"" + NAMESPACE + "\",\"Dimensions\":[[\"" + ISSUER + '"');
        dimension.ifPresent(second -> out.append(",\"").append(second).append('"'));
        out.append("]],\"Metrics\":[");
        String separator = "";
        for (var metric : values.keySet()) {
            if (metric.dimension().equals(dimension)) {
                out.append(separator)
                        .append("{\"Name\":\"")
                        .append(metric.wire())
                        .append("\",\"Unit\":\"")
                        .append(metric.unit())
                        .append("\"}");
                separator = ",";
            }
        }
        out.append("]}");
    }
}
