// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import static org.junit.jupiter.api.Assumptions.abort;

import io.taskbound.local.OwnPort;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A real OpenBao or Vault in development mode, with everything in memory. */
final class RealBao implements AutoCloseable {
    static final String ROOT_TOKEN = "root";
    private static final Duration STARTING = Duration.ofSeconds(60);

    final URI address;
    private final Process server;

    private RealBao(URI address, Process server) {
        this.address = address;
        this.server = server;
    }

    /**
     * Skips the test where there is none on the path.
     *
     * @param names of executables, the first that is there is taken
     * @param home for its log, and whatever it writes
     */
    static RealBao start(Path home, String... names) throws IOException, InterruptedException {
        var binary = binary(names);
        if (binary.isEmpty()) {
            return abort("NOT RUN: not on the path: " + String.join(", ", names));
        }
        int port = OwnPort.find();
        var log = home.resolve("log").toFile();
        var command = new ProcessBuilder(
                        binary.get().toString(),
                        "server",
                        "-dev",
                        "-dev-root-token-id=" + ROOT_TOKEN,
                        "-dev-no-store-token",
                        "-dev-listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log);
        command.environment().put("HOME", home.toString());
        var bao = new RealBao(URI.create("http://127.0.0.1:" + port), command.start());
        var deadline = Instant.now().plus(STARTING);
        while (!bao.isUp()) {
            if (Instant.now().isAfter(deadline) || !bao.server.isAlive()) {
                bao.close();
                throw new AssertionError(binary.get() + " did not start: " + Files.readString(log.toPath()));
            }
            Thread.sleep(100);
        }
        return bao;
    }

    private static Optional<Path> binary(String... names) {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1);
        return Stream.of(names)
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private boolean isUp() {
        try {
            var connection = (HttpURLConnection)
                    URI.create(address + "/v1/sys/health").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        server.waitFor();
    }
}
