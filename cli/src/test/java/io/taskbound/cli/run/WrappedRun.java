// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code taskbound run} in a process of its own, with the real command below it; closing it leaves neither behind. */
final class WrappedRun implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Thread> readers;

    private WrappedRun(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.readers = List.of(reader(process.getInputStream(), out), reader(process.getErrorStream(), err));
    }

    /** What is to be run, with the ID token in the default variable unless the environment says otherwise. */
    record Setting(
            String issuer,
            Path folder,
            Map<String, String> environment,
            List<String> options,
            Optional<String> stderr) {

        Setting(String issuer, Path folder, Map<String, String> environment, List<String> options) {
            this(issuer, folder, environment, options, Optional.empty());
        }

        static Setting of(LiveIssuer issuer, Path folder) {
            return new Setting(
                    issuer.url(), folder, Map.of("TASKBOUND_ID_TOKEN", issuer.idToken()), asking(TestPolicy.deploy()));
        }

        /** Into a file of the test's folder. */
        Setting stderrTo(String file) {
            return new Setting(issuer, folder, environment, options, Optional.of(file));
        }

        Setting with(String... more) {
            var all = new ArrayList<>(options);
            all.addAll(List.of(more));
            return new Setting(issuer, folder, environment, all, stderr);
        }

        Setting having(String name, String value) {
            var all = new HashMap<>(environment);
            all.put(name, value);
            return new Setting(issuer, folder, all, options, stderr);
        }

        Setting asking(String task, String action, String identifier) {
            return new Setting(
                    issuer,
                    folder,
                    environment,
                    List.of("--task", task, "--action", action, "--identifier", identifier));
        }

        private static List<String> asking(JsonObject details) {
            return List.of(
                    "--task", details.string("task").orElseThrow(),
                    "--identifier", details.string("identifier").orElseThrow());
        }

        /** A script of the POSIX shell, in the test's folder. */
        WrappedRun sh(String script) throws IOException {
            return start("sh", "-c", script);
        }

        WrappedRun start(String... command) throws IOException {
            var line = new ArrayList<>(ChildJvm.forRun());
            line.addAll(List.of("run", "--issuer", issuer));
            line.addAll(options);
            if (command.length > 0) {
                line.add("--");
                line.addAll(List.of(command));
            }
            var builder = new ProcessBuilder(line).directory(folder.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ACTIONS_") || name.startsWith("GITHUB_"));
            builder.environment().putAll(environment);
            stderr.ifPresent(file -> builder.redirectError(folder.resolve(file).toFile()));
            return new WrappedRun(builder.start(), folder);
        }
    }

    private static Thread reader(InputStream from, ByteArrayOutputStream to) {
        var thread = new Thread(() -> copy(from, to), "wrapped-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, ByteArrayOutputStream to) {
        try {
            from.transferTo(to);
        } catch (IOException killed) {
            throw new UncheckedIOException(killed);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    List<ProcessHandle> commandAndItsChildren() {
        return process.descendants().toList();
    }

    /** The file's text, once the command has written it, with a line feed at its end. */
    String awaitFile(String name) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var file = folder.resolve(name);
        while (System.nanoTime() < deadline) {
            if (Files.exists(file) && Files.readString(file).endsWith("\n")) {
                return Files.readString(file).strip();
            }
            if (!process.isAlive()) {
                throw new AssertionError("it ended early:\n" + err.toString(UTF_8));
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no " + name + " came:\n" + err.toString(UTF_8));
    }

    /** Until it has said this on stderr. */
    void awaitError(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!err.toString(UTF_8).contains(text)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("it did not say it:\n" + err.toString(UTF_8));
            }
            Thread.sleep(20);
        }
    }

    /** {@code kill -s NAME}. */
    void signal(String name) throws Exception {
        var kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid()).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("cannot send " + name);
        }
    }

    /** By SIGKILL; nothing happens to one that has ended. */
    void kill() {
        process.destroyForcibly();
    }

    /** The exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + err.toString(UTF_8));
        }
        return process.exitValue();
    }

    /** All that it and the command wrote to stdout; the command and its children have let go of it. */
    String out() throws InterruptedException {
        return read(0, out);
    }

    String err() throws InterruptedException {
        return read(1, err);
    }

    private String read(int index, ByteArrayOutputStream from) throws InterruptedException {
        readers.get(index).join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return from.toString(UTF_8);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
