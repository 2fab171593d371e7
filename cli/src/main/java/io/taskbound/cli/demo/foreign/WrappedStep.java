// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.terminal.PrivateFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step as CI runs it: {@code taskbound run} in a process of its own, with a command below it. */
final class WrappedStep implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String END = "end of its output";

    private final Process process;
    private final Path idToken;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

    private WrappedStep(Process process, Path idToken) {
        this.process = process;
        this.idToken = idToken;
        var reader = new Thread(this::read, "taskbound-demo-step");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param targets action and identifier of each object, in turn
     * @param more of the command's environment
     */
    static WrappedStep start(
            ForeignStage stage, String task, List<String> targets, List<String> command, Map<String, String> more)
            throws StoryBroken {
        try {
            var idToken = Files.createTempFile(stage.folder(), "id-token-", "");
            PrivateFile.write(idToken, stage.idToken());
            var builder = new ProcessBuilder(line(stage, task, targets, idToken, command));
            builder.environment().put("HOME", stage.folder().toString());
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().putAll(more);
            return new WrappedStep(
                    builder.directory(Files.createTempDirectory(stage.folder(), "step-")
                                    .toFile())
                            .redirectError(stage.folder().resolve("step.log").toFile())
                            .start(),
                    idToken);
        } catch (IOException fault) {
            throw new StoryBroken("no step can be started");
        }
    }

    private static List<String> line(
            ForeignStage stage, String task, List<String> targets, Path idToken, List<String> command) {
        var line = new ArrayList<>(java("io.taskbound.cli.Main"));
        line.addAll(List.of("run", "--quiet", "--issuer", stage.issuer(), "--task", task));
        line.addAll(targets);
        line.addAll(List.of("--id-token-file", idToken.toString(), "--"));
        line.addAll(command);
        return line;
    }

    /** A class of this program in a process of its own. */
    static List<String> java(String main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath(),
                main);
    }

    /** Of this program, from any working directory. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What the command says next with this name: {@code name=value}. */
    String said(String name) throws StoryBroken, InterruptedException {
        while (true) {
            var line = output.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null || line.equals(END)) {
                throw new StoryBroken("the step did not say " + name);
            }
            if (line.startsWith(name + "=")) {
                return line.substring(name.length() + 1);
            }
        }
    }

    /** Waits for its end; the exit code. */
    int end() throws StoryBroken, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new StoryBroken("the step does not end");
        }
        return process.exitValue();
    }

    /** SIGKILL to the wrapper and all below it, as when the machine is gone. */
    void kill() throws StoryBroken, InterruptedException {
        var below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new StoryBroken("the step does not die");
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException | UncheckedIOException killed) {
            // The end of its output, as of its life.
        }
        output.add(END);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            Files.deleteIfExists(idToken);
        } catch (IOException gone) {
            return;
        }
    }
}
