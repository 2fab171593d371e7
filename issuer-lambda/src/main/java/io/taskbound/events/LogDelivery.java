// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What a subscription of CloudWatch Logs hands to a function: some log lines as JSON, compressed by gzip, in base64
 * (its user guide, "Log group-level subscription filters").
 *
 * @param lines those that are JSON objects; the functions of a stack write other lines too, none of them for
 *     subscribers
 */
record LogDelivery(List<JsonObject> lines) {
    /** Lambda hands over at most 1 MB, of which gzip makes at most about a thousand times as much. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final String DATA = "DATA_MESSAGE";

    /** @throws Undeliverable where it is anything else; the text of its lines is never repeated */
    static LogDelivery read(byte[] invocation) throws Undeliverable {
        try {
            var message = StrictJson.parseObject(unpacked(StrictJson.parseObject(invocation)));
            // The other kind is sent to find out whether the function is there.
            return new LogDelivery(
                    message.string("messageType").filter(DATA::equals).isPresent() ? lines(message) : List.of());
        } catch (MalformedJson | IOException | IllegalArgumentException notFromCloudWatch) {
            throw new Undeliverable("this is not a delivery of CloudWatch Logs: " + notFromCloudWatch.getMessage());
        }
    }

    private static byte[] unpacked(JsonObject invocation) throws IOException {
        var data = invocation
                .object("awslogs")
                .flatMap(logs -> logs.string("data"))
                .orElseThrow(() -> new IOException("awslogs.data is missing"));
        try (var unpacking =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
            var bytes = unpacking.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("more than " + MAX_BYTES + " bytes when unpacked");
            }
            return bytes;
        }
    }

    private static List<JsonObject> lines(JsonObject message) throws IOException {
        var events =
                message.array("logEvents").map(JsonArray::items).orElseThrow(() -> new IOException("no logEvents"));
        var lines = new ArrayList<JsonObject>();
        for (var event : events) {
            if (!(event instanceof JsonObject logged)) {
                throw new IOException("one of logEvents is not an object");
            }
            line(logged.string("message").orElse("")).ifPresent(lines::add);
        }
        return List.copyOf(lines);
    }

    private static Optional<JsonObject> line(String message) {
        try {
            return Optional.of(StrictJson.parseObject(message.getBytes(UTF_8)));
        } catch (MalformedJson noAuditLine) {
            return Optional.empty();
        }
    }
}
