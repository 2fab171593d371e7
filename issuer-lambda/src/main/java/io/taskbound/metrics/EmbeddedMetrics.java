// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.json.JsonNumber;
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
    private static final int USUAL_LENGTH = 1_024;

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

    /** Written piece by piece: as a tree of JSON, this head would cost each request more than its numbers. */
    String text() {
        var line = new StringBuilder(USUAL_LENGTH)
                .append("{\"_aws\":{\"Timestamp\":")
                .append(at.toEpochMilli());
        line.append(",\"CloudWatchMetrics\":[");
        directive(Optional.empty(), line);
        for (var metric : values.keySet()) {
            if (metric.dimension().isPresent()) {
                directive(metric.dimension(), line.append(','));
            }
        }
        line.append("]}");
        members.forEach((name, value) -> {
            line.append(",\"").append(name).append("\":");
            JsonText.append(value, line);
        });
        return line.append('}').toString();
    }

    /** Names the metrics that have this second dimension, or none. */
    private void directive(Optional<String> dimension, StringBuilder line) {
        line.append("{\"Namespace\":\"" + NAMESPACE + "\",\"Dimensions\":[[\"" + ISSUER + "\"");
        dimension.ifPresent(second -> line.append(",\"").append(second).append('"'));
        line.append("]],\"Metrics\":[");
        String separator = "";
        for (var metric : values.keySet()) {
            if (metric.dimension().equals(dimension)) {
                line.append(separator).append("{\"Name\":\"").append(metric.wire());
                line.append("\",\"Unit\":\"").append(metric.unit()).append("\"}");
                separator = ",";
            }
        }
        line.append("]}");
    }
}
