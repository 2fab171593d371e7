// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import io.taskbound.cli.terminal.CommandContext;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A process of its own that brings the files of a list, as a command does. */
final class Bringing implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private Bringing(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param home whose cache and Maven repository it uses */
    static Bringing start(Path list, Path home) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Bringing.class.getName(),
                list.toString(),
                home.toString());
        return new Bringing(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** @param arguments the list's file, the home */
    public static void main(String[] arguments) throws Exception {
        var context = new CommandContext(
                System.out,
                System.out,
                new ByteArrayInputStream(new byte[0]),
                Map.of("HOME", arguments[1]),
                false,
                Clock.systemUTC());
        var list = PartList.read(Path.of(arguments[0]));
        System.out.println(PartsFolder.of(context).with(list, new PartSource(list, context)));
    }

    /** Waits for such a line. */
    void says(String words) throws IOException {
        var all = new StringBuilder();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(words)) {
                return;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("it never said " + words + ", but:\n" + all);
    }

    /** Reads the rest, and waits for the end. */
    int exitCode() throws Exception {
        said.lines().forEach(line -> {});
        return process.waitFor();
    }

    /** SIGKILL, and waits for the end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
