// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real gateway with the configuration of docs/examples/guard, its ports replaced. */
public final class GatewayProgram implements AutoCloseable {
    static final Path EXAMPLES = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"))
            .resolve("docs/examples/guard");

    private static final long PATIENCE_MILLIS = 60_000;

    private final Process process;
    private final Path said;

    private GatewayProgram(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** On PATH, or where TASKBOUND_NGINX and so on say. */
    public static Optional<Path> find(String name) {
        var named = System.getenv("TASKBOUND_" + name.toUpperCase(java.util.Locale.ROOT));
        if (named != null && !named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        var folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        for (var folder : folders.split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return Optional.of(Path.of(folder, name));
            }
        }
        return Optional.empty();
    }

    /** The ports of the examples: 8080 in front, 8765 of the guard, 9000 of the service. */
    record Ports(int front, int guard, int service) {
        String in(String text) {
            return text.replace("127.0.0.1:8080", "127.0.0.1:" + front)
                    .replace("http://:8080", "http://:" + front)
                    .replace("127.0.0.1:8765", "127.0.0.1:" + guard)
                    .replace("127.0.0.1:9000", "127.0.0.1:" + service)
                    .replace("port_value: 8080", "port_value: " + front)
                    .replace("port_value: 8765", "port_value: " + guard)
                    .replace("port_value: 9000", "port_value: " + service);
        }
    }

    /** Returns when it listens. */
    static GatewayProgram start(Gateway gateway, Path program, Path folder, Ports ports) throws Exception {
        for (var file : List.of("nginx.conf", "Caddyfile", "haproxy.cfg", "guard.lua", "envoy.yaml")) {
            Files.writeString(folder.resolve(file), ports.in(Files.readString(EXAMPLES.resolve(file))));
        }
        var said = folder.resolve("said.txt");
        var builder = new ProcessBuilder(command(gateway, program.toString(), folder.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        var running = new GatewayProgram(builder.start(), said);
        try {
            running.awaitPort(ports.front());
            return running;
        } catch (AssertionError notListening) {
            running.close();
            throw notListening;
        }
    }

    private static List<String> command(Gateway gateway, String program, String folder) {
        return switch (gateway) {
            case NGINX -> List.of(program, "-p", folder, "-c", "nginx.conf");
            case CADDY -> List.of(program, "run", "--config", "Caddyfile", "--adapter", "caddyfile");
            case HAPROXY -> List.of(program, "-f", "haproxy.cfg");
            case ENVOY ->
                List.of(program, "-c", "envoy.yaml", "--concurrency", "1", "--use-dynamic-base-id", "-l", "warn");
            case TRAEFIK -> throw new AssertionError("it cannot be had as a package");
        };
    }

    private void awaitPort(int port) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (process.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("it does not listen; it said: " + Files.readString(said));
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
