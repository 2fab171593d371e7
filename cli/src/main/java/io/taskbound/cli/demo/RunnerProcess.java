// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.TaskToken;
import io.taskbound.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The CI runner of the story: a process of its own that holds a token and renews it, until it is killed. */
final class RunnerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final String END = "end of its output";

    private final Process process;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();

    private RunnerProcess(Process process) {
        this.process = process;
        var reader = new Thread(this::read, "taskbound-demo-runner");
        reader.setDaemon(true);
        reader.start();
    }

    /** What it holds; a copy is in the thief's hands. */
    record Held(String handle, TaskToken token) {}

    /** Started before it is needed, since a JVM takes its time; it waits for orders on stdin. */
    static RunnerProcess start(String issuer, boolean http) throws StoryBroken {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName(),
                issuer));
        if (http) {
            command.add("--http");
        }
        try {
            return new RunnerProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException fault) {
            throw new StoryBroken("no runner process can be started");
        }
    }

    /** One order: an ID token and what to ask for with it. Secrets go through pipes, never over a command line. */
    record Order(String idToken, UUID txn, String task, String action, String identifier) {
        private String lines() {
            return String.join("\n", idToken, txn.toString(), task, action, identifier) + "\n";
        }
    }

    /** Lets it ask without consequences, so that its classes are loaded when the lease runs. */
    void warmUp(Order order) throws StoryBroken {
        send(Runner.TRY, order);
    }

    /** Lets it ask for a task token and hold it. */
    Held ask(Order order) throws StoryBroken, InterruptedException {
        send(Runner.ASK, order);
        return held();
    }

    private void send(String verb, Order order) throws StoryBroken {
        try {
            // The pipe stays open: its end tells the runner that we are gone.
            var pipe = process.outputWriter(StandardCharsets.UTF_8);
            pipe.write(verb + "\n" + order.lines());
            pipe.flush();
        } catch (IOException gone) {
            throw new StoryBroken("the runner does not listen");
        }
    }

    private Held held() throws StoryBroken, InterruptedException {
        var handle = Optional.<String>empty();
        while (true) {
            var line = Optional.ofNullable(output.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .orElse(END);
            if (line.startsWith("handle ")) {
                handle = Optional.of(line.substring("handle ".length()));
            } else if (line.startsWith("token ") && handle.isPresent()) {
                return new Held(handle.get(), TaskToken.of(line.substring("token ".length())));
            } else if (line.equals(END) || line.equals("refused")) {
                throw new StoryBroken("the runner got no token: " + line);
            } else if (!line.equals(Runner.LOST)) {
                said.add(line);
            }
        }
    }

    /** The curl lines that it has printed so far. */
    List<String> said() {
        return List.copyOf(said);
    }

    /** Waits for a heartbeat; false when this machine was too slow and the lease lapsed before one came. */
    boolean beats(AuditTail audit, String handle) throws StoryBroken, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (audit.await(line -> isHeartbeat(line, handle), GLANCE)) {
                return true;
            }
            if (output.remove(Runner.LOST)) {
                return false;
            }
        }
        throw new StoryBroken("the runner's heartbeat did not come");
    }

    private static boolean isHeartbeat(JsonObject line, String handle) {
        return line.string("event").equals(Optional.of("renew"))
                && line.string("result").equals(Optional.of("renewed"))
                && line.string("jti").equals(Optional.of(handle));
    }

    /** SIGKILL: the process gets no chance to close anything. */
    void kill() throws StoryBroken, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new StoryBroken("the runner does not die");
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
        process.destroyForcibly();
    }
}
