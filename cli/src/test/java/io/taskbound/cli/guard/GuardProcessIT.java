// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.TaskboundProcess;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.local.OwnPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The guard in a process of its own. */
@ExtendWith(OneIssuer.class)
class GuardProcessIT {
    @TempDir
    private Path folder;

    private TaskboundProcess start(String issuer, String host, int port) throws Exception {
        var rules = Files.writeString(folder.resolve("rules.yaml"), """
                version: 1
                public_url: https://x.example
                rules: [{name: read, methods: [GET], path: "/a/{x}", action: read, identifier: "a:{x}"}]
                open: [/healthz]
                """);
        var secret = Files.writeString(folder.resolve("secret"), TestPolicy.secretOf("signer") + "\n");
        return TaskboundProcess.start(
                "guard",
                "--rules",
                rules.toString(),
                "--secret-file",
                secret.toString(),
                "--server",
                "signer",
                "--issuer",
                issuer,
                "--listen",
                host + ":" + port,
                "--admin",
                "127.0.0.1:0");
    }

    private static Asked healthz(int port) throws Exception {
        return Asked.of(
                "http://127.0.0.1:" + port,
                List.of(
                        "GET /check HTTP/1.1",
                        "Host: guard",
                        "X-Original-Request: GET /healthz HTTP/1.1",
                        "X-Original-Host: x.example",
                        "Connection: close"));
    }

    @Test
    void servesUntilItIsToldToStop(LiveIssuer issuer) throws Exception {
        int port = OwnPort.find();
        try (var guard = start(issuer.url(), "127.0.0.1", port)) {
            var said = guard.awaitUrl();
            assertThat(said).startsWith("http://127.0.0.1:" + port + " for nginx; rules: 1, for https://x.example");
            assertThat(healthz(port).status()).isEqualTo(200);
            assertThat(guard.terminate()).isZero();
            assertThat(guard.lines()).last().isEqualTo("stopped");
            assertThat(guard.lines()).noneMatch(line -> line.startsWith("warning"));
        }
    }

    @Test
    void saysThatItCanBeReachedAndThatTheIssuerIsAway() throws Exception {
        int port = OwnPort.find();
        try (var guard = start("http://127.0.0.1:" + OwnPort.find(), "0.0.0.0", port)) {
            guard.awaitUrl();
            assertThat(healthz(port).status()).isEqualTo(200);
            assertThat(guard.lines())
                    .anyMatch(line -> line.startsWith("warning: --listen 0.0.0.0:" + port + " can be reached"))
                    .anyMatch(line -> line.startsWith("warning: no connection to 127.0.0.1:"));
        }
    }
}
