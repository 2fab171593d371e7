// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the vectors of the folder contract/. */
final class Vectors {
    static final List<String> FILES = List.of(
            "token-requests.json",
            "introspection.json",
            "redeem.json",
            "close.json",
            "receipt-requests.json",
            "dpop-requests.json");
    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"), "contract");

    private Vectors() {}

    /** One vector: its calls in order; one that has a request of its own has one call. */
    record Vector(String name, List<Call> calls) {
        Vector {
            calls = List.copyOf(calls);
        }
    }

    record Call(JsonObject request, JsonObject expect) {}

    static JsonObject setting() {
        return (JsonObject) read("setting.json");
    }

    static List<Vector> of(String file) {
        var vectors = new ArrayList<Vector>();
        for (var item : ((JsonArray) read(file)).items()) {
            vectors.add(vector((JsonObject) item));
        }
        return vectors;
    }

    private static Vector vector(JsonObject item) {
        var name = item.string("name").orElseThrow();
        Optional<JsonArray> calls = item.array("calls");
        if (calls.isEmpty()) {
            return new Vector(name, List.of(call(item)));
        }
        return new Vector(
                name,
                calls.get().items().stream()
                        .map(call -> call((JsonObject) call))
                        .toList());
    }

    private static Call call(JsonObject item) {
        return new Call(
                item.object("request").orElseThrow(), item.object("expect").orElseThrow());
    }

    private static JsonValue read(String file) {
        try {
            return StrictJson.parse(Files.readAllBytes(FOLDER.resolve(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MalformedJson malformed) {
            throw new IllegalStateException("contract/" + file + ": " + malformed.getMessage(), malformed);
        }
    }
}
