// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.stack.StackTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of contract/events. */
final class Contract {
    static final List<String> NAMES = List.of("granted", "refused", "ended", "missing-close", "approval-requested");
    private static final Path FOLDER = StackTemplate.ROOT.resolve("contract/events");

    private Contract() {}

    static JsonObject sample(String name) {
        return (JsonObject) read("samples/" + name + ".json");
    }

    static JsonObject pattern(String name) {
        return (JsonObject) read("patterns/" + name + ".json");
    }

    static JsonValue read(String file) {
        try {
            return StrictJson.parse(Files.readAllBytes(FOLDER.resolve(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MalformedJson malformed) {
            throw new AssertionError(file, malformed);
        }
    }

    static List<String> files(String folder) {
        try (var files = Files.list(FOLDER.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
