// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.json.JsonObject;
import io.taskbound.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a policy is read from, and read again.
 *
 * @param rewrite what {@code --dev} changes in the checked document; else nothing
 */
record PolicySource(Path path, UnaryOperator<JsonObject> rewrite) {
    private static final int MAX_FILES = 1_000;

    static PolicySource asWritten(Path path) {
        return new PolicySource(path, UnaryOperator.identity());
    }

    /** Reads, checks and compiles it; every fault at once. */
    Loaded load() {
        return PolicyFiles.load(path);
    }

    /** What goes into force of a policy that has loaded, under the given version number. */
    Policy inForce(Loaded.Ok loaded, long number) {
        return Policy.load(rewrite.apply(loaded.canonical()), number)
                .orElseThrow(faulty ->
                        new IllegalStateException("a policy that loaded does not compile after --dev rewrote it"));
    }

    /**
     * Changes when a file of the policy does: names, sizes and times of the JSON, YAML and certificate files beside it
     * and one folder below, since it may name key sets and certificates there.
     */
    String fingerprint() {
        var folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        try (var files = Files.walk(folder, 2)) {
            return policyFiles(files).map(PolicySource::stamp).sorted().collect(Collectors.joining("\n"));
        } catch (IOException | UncheckedIOException away) {
            return "away";
        }
    }

    private Stream<Path> policyFiles(Stream<Path> files) {
        return files.limit(MAX_FILES)
                .filter(file -> file.toString().matches(".*\\.(ya?ml|json|jwks|pem|crt|cer)")
                        || file.endsWith(path.getFileName()));
    }

    private static String stamp(Path file) {
        try {
            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return file + " gone";
        }
    }
}
