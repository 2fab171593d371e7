// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The released jar in a JVM of its own, which has nothing else on its class path. */
final class Jar {
    static final Path FILE = Path.of(Objects.requireNonNull(System.getProperty("taskbound.jar"), "taskbound.jar"));

    private Jar() {}

    static Process start(Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", FILE.toString()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(Script.ROOT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Ended run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** With these variables beside our own. */
    static Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var process = start(environment, arguments);
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running; it said:\n" + output);
        }
        return new Ended(process.exitValue(), output);
    }
}
