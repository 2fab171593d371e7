// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the vectors that the tests of both languages share. */
final class Contract {
    private Contract() {}

    static Path root() {
        return Path.of(Optional.ofNullable(System.getProperty("taskbound.root")).orElse(".."));
    }

    static JsonObject file(String name) {
        try {
            return StrictJson.parseObject(
                    Files.readAllBytes(root().resolve("contract").resolve(name)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MalformedJson malformed) {
            throw new IllegalStateException(name, malformed);
        }
    }

    /** JSON as tests write it, with ' for ". */
    static JsonObject json(String text) {
        try {
            return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    static List<JsonValue> items(JsonObject object, String name) {
        return object.array(name).orElse(JsonArray.EMPTY).items();
    }

    static String text(JsonValue value) {
        return ((JsonString) value).value();
    }
}
