// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another program, run in a folder until its end. */
final class Program {
    private static final long LONGEST_SECONDS = 90;

    private Program() {}

    static boolean isInstalled(String name) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    /** What it printed; it must end well. */
    static String run(Path folder, Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        var errors = Files.createTempFile(folder, "errors", ".txt");
        var output = Files.createTempFile(folder, "output", ".txt");
        var builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException alreadyGone) {
            // a program that reads no input may have closed it
        }
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("%s ended within %d s", command, LONGEST_SECONDS).isTrue();
        assertThat(process.exitValue())
                .as("%s said %s", command, Files.readString(errors))
                .isZero();
        return Files.readString(output).strip();
    }
}
