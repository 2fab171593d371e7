// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What CloudWatch Logs invokes a function with, in the form of its documentation. */
public final class Delivery {
    private Delivery() {}

    /** @param lines of the log, as they were written */
    public static byte[] of(List<String> lines) {
        return packed(JsonText.of(message("DATA_MESSAGE", lines)));
    }

    static JsonObject message(String type, List<String> lines) {
        var events = new ArrayList<JsonValue>();
        for (int i = 0; i < lines.size(); i++) {
            events.add(JsonObject.builder()
                    .put("id", "3195310660696698337880902507980421114328961542429EXAMPLE" + i)
                    .put("timestamp", 1_764_583_200_000L + i)
                    .put("message", lines.get(i) + "\n")
                    .build());
        }
        return JsonObject.builder()
                .put("messageType", type)
                .put("owner", "111122223333")
                .put("logGroup", "taskbound-AuditLog-1A2B3C4D5E6F")
                .put("logStream", "2026/12/01/taskbound[7]0123456789abcdef")
                .put("subscriptionFilters", JsonArray.ofStrings(List.of("taskbound-EventsSubscription")))
                .put("logEvents", new JsonArray(events))
                .build();
    }

    static byte[] packed(String message) {
        return wrapped(Base64.getEncoder().encodeToString(zipped(message.getBytes(UTF_8))));
    }

    static byte[] wrapped(String data) {
        return JsonText.of(JsonObject.builder()
                        .put("awslogs", JsonObject.builder().put("data", data).build())
                        .build())
                .getBytes(UTF_8);
    }

    static byte[] zipped(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try (var zipping = new GZIPOutputStream(zipped)) {
            zipping.write(bytes);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return zipped.toByteArray();
    }
}
