// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code taskbound} in a JVM of its own, for tests that kill it; closing it leaves no process behind. */
public final class TaskboundProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private TaskboundProcess(Process process) {
        this.process = process;
        var reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    public static TaskboundProcess start(String... args) throws IOException {
        return start(Map.of(), args);
    }

    /** With these environment variables beside our own. */
    public static TaskboundProcess start(Map<String, String> environment, String... args) throws IOException {
        var command = new ArrayList<>(ChildJvm.taskbound());
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new TaskboundProcess(builder.start());
    }

    /** The issuer's URL, once it says that it listens. */
    public String awaitUrl() throws InterruptedException {
        return awaitLine(line -> line.startsWith("listening on ")).substring("listening on ".length());
    }

    public synchronized String awaitLine(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            var found = lines.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || ended) {
                throw new AssertionError("the child did not say it; it said:\n" + String.join("\n", lines));
            }
            wait(left);
        }
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** SIGKILL, and wait for the end. */
    public void kill9() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM; the exit code. */
    public int terminate() throws InterruptedException {
        // Not Process.destroy, which closes the pipe with what the child has yet to say.
        process.toHandle().destroy();
        return awaitExit();
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the child does not end");
        }
        awaitEndOfOutput();
        return process.exitValue();
    }

    private synchronized void awaitEndOfOutput() throws InterruptedException {
        while (!ended) {
            wait();
        }
    }

    private void read() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException | UncheckedIOException killed) {
            // The end of its output, as of its life.
        }
        end();
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
