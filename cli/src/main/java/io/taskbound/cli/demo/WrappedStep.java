// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

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
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step as CI runs it: {@code taskbound run} in a process of its own, with a command below it. */
public final class WrappedStep implements AutoCloseable {
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
     * What is to be run.
     *
     * @param folder for its ID token, its working directory and its log; only its owner may enter it
     * @param issuer where it asks for its token
     * @param idToken of its run
     * @param options of {@code run}: the task and its targets
     */
    public record Line(Path folder, String issuer, String idToken, List<String> options, List<String> command) {
        public Line {
            options = List.copyOf(options);
            command = List.copyOf(command);
        }

        /** It holds an ID token. */
        @Override
        public String toString() {
            return "Line[secret]";
        }
    }

    /**
     * Starts it.
     *
     * @param environment changes what it inherits of this process
     */
    public static WrappedStep start(Line line, Consumer<Map<String, String>> environment) throws StoryBroken {
        try {
            var idToken = Files.createTempFile(line.folder(), "id-token-", "");
            PrivateFile.write(idToken, line.idToken());
            var builder = new ProcessBuilder(words(line, idToken));
            environment.accept(builder.environment());
            return new WrappedStep(
                    builder.directory(Files.createTempDirectory(line.folder(), "step-")
                                    .toFile())
                            .redirectError(line.folder().resolve("step.log").toFile())
                            .start(),
                    idToken);
        } catch (IOException fault) {
            throw new StoryBroken("no step can be started");
        }
    }

    private static List<String> words(Line line, Path idToken) {
        var words = new ArrayList<>(java("io.taskbound.cli.Main"));
        words.addAll(List.of("run", "--quiet", "--issuer", line.issuer()));
        words.addAll(line.options());
        words.addAll(List.of("--id-token-file", idToken.toString(), "--"));
        words.addAll(line.command());
        return words;
    }

    /** A class of this program in a process of its own. */
    public static List<String> java(String main) {
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
    public String said(String name) throws StoryBroken, InterruptedException {
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
    public int end() throws StoryBroken, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new StoryBroken("the step does not end");
        }
        return process.exitValue();
    }

    /** SIGKILL to the wrapper and all below it, as when the machine is gone. */
    public void kill() throws StoryBroken, InterruptedException {
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
