// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.interop;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The node project of {@code src/test/node} with its packages, copied into the build folder so that the source tree
 * stays clean. The lock file pins every package by its hash; a second run with the same lock file installs nothing.
 */
final class NodeProject {
    private static final Path SOURCE = Path.of("src", "test", "node");
    private static final Path COPY = Path.of("target", "foreign-clients");
    private static final Path INSTALLED = COPY.resolve("installed-lock.json");
    private static final int OLDEST_NODE = 20;
    private static final Pattern NO_REGISTRY =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ENETUNREACH");

    private NodeProject() {}

    /**
     * The folder to run the scripts in; ends the test as skipped where node, npm or its registry is out of reach. One
     * class after the other: those that run side by side have one folder.
     */
    static synchronized Path installed() throws IOException {
        requireNode();
        Files.createDirectories(COPY);
        try (var files = Files.list(SOURCE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                refresh(file, COPY.resolve(file.getFileName()));
            }
        }
        var lock = COPY.resolve("package-lock.json");
        if (!Files.exists(INSTALLED) || Files.mismatch(lock, INSTALLED) >= 0) {
            install();
            Files.copy(lock, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
        }
        return COPY;
    }

    /** A file that is the same stays as it is: another class's script may be reading it. */
    private static void refresh(Path file, Path copy) throws IOException {
        if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void requireNode() {
        var version = tell(List.of("node", "--version"));
        if (Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
            abort("the foreign clients need node " + OLDEST_NODE + " or newer; here is " + version);
        }
        tell(List.of(npm(), "--version"));
    }

    private static String tell(List<String> command) {
        try {
            return Subprocess.run(Path.of(""), "", command).out().strip();
        } catch (IOException absent) {
            return abort("no " + command.get(0) + " on the PATH, so the foreign JavaScript clients cannot run");
        }
    }

    private static void install() throws IOException {
        var install = Subprocess.run(COPY, "", List.of(npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        if (install.code() != 0 && NO_REGISTRY.matcher(install.err()).find()) {
            abort("npm cannot reach its registry, so the foreign JavaScript clients cannot be installed");
        }
        if (install.code() != 0) {
            throw new AssertionError("npm ci failed:\n" + install.err());
        }
    }

    private static String npm() {
        return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
    }
}
