// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.TaskboundProcess;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.RedeemAnswer;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.Use;
import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** As docs/tokens.md has it typed: a table, an issuer on it and the commands, each a process of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokensProcessIT {
    private static final String ARTIFACT = "artifact:acme/shop/app.jar@sha256:" + "9f2c".repeat(16);

    /** Starts its arguments on a terminal, types a line once it is asked, and prints all that was on the screen. */
    private static final String TERMINAL = """
            import os, pty, sys
            pid, screen = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[2], sys.argv[2:])
            seen, typed = b"", False
            while True:
                try:
                    part = os.read(screen, 4096)
                except OSError:
                    break
                if not part:
                    break
                seen += part
                if not typed and b"[y/N] " in seen:
                    typed = True
                    os.write(screen, sys.argv[1].encode() + b"\\n")
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            print(seen.decode(), "CODE", code)
            """;

    @TempDir
    private static Path folder;

    private static TaskboundProcess dynamo;
    private static TaskboundProcess serve;
    private static Map<String, String> environment = Map.of();
    private static IssuerClient issuer;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        dynamo = TaskboundProcess.start("dev", "dynamodb", "--port", String.valueOf(OwnPort.find()));
        var endpoint = dynamo.awaitUrl();
        environment = Map.of(
                "TASKBOUND_TABLE", "taskbound",
                "AWS_ENDPOINT_URL_DYNAMODB", endpoint,
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local");
        serve = TaskboundProcess.start(
                environment,
                "serve",
                "--dev",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--table",
                "taskbound",
                "--endpoint-url",
                endpoint);
        url = serve.awaitUrl();
        issuer = IssuerClient.at(url);
    }

    @AfterAll
    static void stop() {
        Stream.of(serve, dynamo).filter(Objects::nonNull).forEach(TaskboundProcess::close);
    }

    /** After it, no token of the task is granted here. */
    @Test
    @Order(2)
    void whatIsRevokedByAProcessIsDeadAtTheNextAnswerOfAnother() throws Exception {
        var token = granted();
        assertThat(isActive(token)).isTrue();

        assertThat(tokens("list", "--task", "sign-release")).anyMatch(line -> line.contains(token.handle()));
        assertThat(tokens("revoke", "--task", "sign-release", "--why", "trying it", "--dry-run"))
                .contains("Dry run: nothing was written.");
        assertThat(isActive(token)).isTrue();
        assertThat(tokens("revoke", "--task", "sign-release", "--why", "trying it", "--yes"))
                .anyMatch(line -> line.startsWith("revoked  entry "));

        assertThat(isActive(token)).isFalse();
        assertThat(mint()).isInstanceOf(MintAnswer.Refused.class);
        assertThat(tokens("show", token.handle()))
                .anyMatch(line -> line.startsWith("state") && line.contains("denied"));
        assertThat(tokens("denied")).anyMatch(line -> line.contains("task sign-release"));
    }

    @Test
    @Order(1)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "NOT RUN: Windows has no pseudo terminals for Python")
    void atATerminalItAsksAndNoIsNo() throws Exception {
        assumeTrue(hasPython(), "NOT RUN: python3 is not installed");
        var token = granted();

        assertThat(atTerminal("no", token.handle()))
                .contains("Revoke token " + token.handle() + "?")
                .contains("Not confirmed, so nothing was changed.")
                .contains("CODE 1");
        assertThat(isActive(token)).isTrue();
        assertThat(atTerminal("yes", token.handle()))
                .contains("revoked  entry ")
                .contains("CODE 0");
        assertThat(isActive(token)).isFalse();
    }

    /** After it, there is no table here. */
    @Test
    @Order(3)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signal that asks a process to end")
    void theTableOfThisMachineEndsWhenAsked() throws Exception {
        assertThat(dynamo.terminate()).isZero();
        assertThat(dynamo.lines()).last().isEqualTo("stopped");
        // The issuer grants nothing without its table.
        assertThat(mint()).isInstanceOf(MintAnswer.Unavailable.class);
    }

    private List<String> tokens(String... args) throws Exception {
        var line = new ArrayList<>(List.of("tokens"));
        line.addAll(List.of(args));
        try (var process = TaskboundProcess.start(environment, line.toArray(String[]::new))) {
            assertThat(process.awaitExit())
                    .as(String.join("\n", process.lines()))
                    .isZero();
            return process.lines();
        }
    }

    private String atTerminal(String answer, String handle) throws Exception {
        var script = Files.writeString(folder.resolve("terminal.py"), TERMINAL);
        var command = new ArrayList<>(List.of("python3", script.toString(), answer));
        command.addAll(ChildJvm.taskbound());
        command.addAll(List.of("tokens", "revoke", handle, "--why", "trying it"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var screen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return screen;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import pty").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private GrantedToken granted() throws Exception {
        var answer = mint();
        assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
        return ((MintAnswer.Granted) answer).token();
    }

    private MintAnswer mint() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/dev/id-token")).build();
        var idToken = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return issuer.mint(
                IdToken.of(idToken.strip()),
                TaskRequest.of(TaskDetail.of("sign-release", "sign", ARTIFACT)).withTxn(UUID.randomUUID()));
    }

    private boolean isActive(GrantedToken token) throws IOException {
        // The same use each time, so that it is answered again.
        var answer = issuer.redeem(server(), token.token(), new Use("sign", ARTIFACT, "one").allowingRepeat());
        assertThat(answer)
                .isInstanceOfAny(
                        RedeemAnswer.Redeemed.class, RedeemAnswer.Repeated.class, RedeemAnswer.NotRedeemed.class);
        return !(answer instanceof RedeemAnswer.NotRedeemed);
    }

    private ServerCredentials server() throws IOException {
        return ServerCredentials.of(
                "dev", Files.readString(folder.resolve("data/dev/secret")).strip());
    }
}
