// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.taskbound.client.TaskDetail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The Python client, and the inspector's command line where there is one, see and call what the token permits. */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "tools/checks/mcp-clients is a script of bash")
class ForeignClientsIT {
    private static final Path ROOT = Path.of(System.getProperty("taskbound.root"));
    private static final int PATIENCE_SECONDS = 400;

    @TempDir
    private Path folder;

    @Test
    void seeAndCallWhatTheTokenPermits() throws Exception {
        try (var issuer = TicketIssuer.start();
                var server = SdkTicketServer.modern();
                var gateway =
                        GatewayInFront.start(issuer, "{url: \"" + server.url() + "\"}", folder, Clock.systemUTC())) {
            var token = issuer.token(TaskDetail.of("watch", "read", "ticket:T-7"));
            var file = Files.writeString(folder.resolve("token"), token.token().reveal());
            var log = folder.resolve("log");
            var process = new ProcessBuilder(
                            "bash", ROOT.resolve("tools/checks/mcp-clients").toString(), gateway.url(), file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            var said = Files.readString(log, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).doesNotContain("FAILED");
            assertThat(server.calls()).allMatch(call -> call.equals("read_ticket {id=T-7}"));
            if (System.getenv("MCP_INSPECTOR") != null) {
                assertThat(said).contains("== OK       MCP inspector, legacy", "== OK       MCP inspector, modern");
            }
            assumeFalse(
                    said.contains("NOT RUN  Python client"),
                    "NOT RUN: the Python client cannot be installed here (target/mcp-clients/pip.log)");
            assertThat(said).contains("== OK       Python client, auto", "legacy 2025-11-25", "auto 2026-07-28");
        }
    }
}
