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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a real OpenBao or Vault in development mode, where there is one on the path. */
class OpenbaoOnThisMachineIT extends OpenbaoServiceContract {
    private static final Duration STARTING = Duration.ofSeconds(60);

    @TempDir
    private static Path home;

    private static Optional<Process> server = Optional.empty();
    private static URI address = URI.create("http://127.0.0.1");

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var binary = binary();
        if (binary.isEmpty()) {
            abort("NOT RUN: neither bao nor vault is on the path");
        }
        int port = OwnPort.find();
        address = URI.create("http://127.0.0.1:" + port);
        var log = home.resolve("log").toFile();
        var command = new ProcessBuilder(
                        binary.get().toString(),
                        "server",
                        "-dev",
                        "-dev-root-token-id=root",
                        "-dev-no-store-token",
                        "-dev-listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log);
        command.environment().put("HOME", home.toString());
        server = Optional.of(command.start());
        var deadline = Instant.now().plus(STARTING);
        while (!isUp()) {
            if (Instant.now().isAfter(deadline) || !server.get().isAlive()) {
                throw new AssertionError(binary.get() + " did not start: " + Files.readString(log.toPath()));
            }
            Thread.sleep(100);
        }
    }

    private static Optional<Path> binary() {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1);
        return Stream.of("bao", "vault")
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isUp() {
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

    @AfterAll
    static void stop() throws InterruptedException {
        if (server.isPresent()) {
            server.get().destroy();
            server.get().waitFor();
        }
    }

    @Override
    URI address() {
        return address;
    }

    @Override
    String rootToken() {
        return "root";
    }
}
