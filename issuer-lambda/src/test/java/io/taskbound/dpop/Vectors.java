// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.token.KeyThumbprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads contract/dpop.json, which the tests of other languages read too. */
final class Vectors {
    static final JsonObject FILE = read();
    static final String METHOD = FILE.string("method").orElseThrow();
    static final String URL = FILE.string("url").orElseThrow();
    static final String TOKEN = FILE.string("token").orElseThrow();
    static final KeyThumbprint BOUND_TO =
            new KeyThumbprint(FILE.string("bound_to").orElseThrow());
    static final Instant NOW = Instant.ofEpochSecond(FILE.wholeNumber("now").orElseThrow());

    private Vectors() {}

    /** @param breaks which rule, in lower case; empty for a good one */
    record Vector(String name, String proof, Optional<String> breaks) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> all() {
        return FILE.array("vectors").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .map(vector -> new Vector(
                        vector.string("name").orElseThrow(),
                        vector.string("proof").orElseThrow(),
                        vector.string("breaks")))
                .toList();
    }

    private static JsonObject read() {
        var root = Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root");
        try {
            return StrictJson.parseObject(Files.readAllBytes(Path.of(root, "contract", "dpop.json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MalformedJson malformed) {
            throw new IllegalStateException("contract/dpop.json", malformed);
        }
    }
}
