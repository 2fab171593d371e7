// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The profiles as they lie in the source tree. */
final class ProfileFiles {
    static final Path FOLDER = Path.of(System.getProperty("taskbound.root", ".."))
            .resolve("issuer-lambda/src/main/resources/io/taskbound/identity/profiles");

    private ProfileFiles() {}

    static JsonObject shipped(String name) {
        try {
            return Proven.json(Files.readString(FOLDER.resolve(name + ".json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
