// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.github.GithubEndpoint;
import io.taskbound.local.github.GithubTrouble;
import io.taskbound.local.github.StandInApp;
import io.taskbound.local.github.StandInGithub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials of a foreign service from {@code serve --data} in a process of its own: killed, and searched for leaks.
 */
@Tag("long")
@DisabledOnOs(OS.WINDOWS)
class ForeignCredentialIT {
    @TempDir
    private Path folder;

    private StandInProvider provider;
    private StandInGithub github;
    private StandInApp app;
    private Path policy;
    private Path data;
    private TaskboundProcess issuer;
    private String url;

    @BeforeEach
    void start() throws Exception {
        provider = StandInProvider.start(Clock.systemUTC());
        github = StandInGithub.start(Clock.systemUTC());
        github.organization("acme", 1001);
        github.repository("acme", "shop", 2002);
        app = github.app("acme", Map.of("contents", "write", "metadata", "read"));
        github.install(app, "acme");
        data = folder.resolve("data");
        policy = Files.writeString(folder.resolve("policy.yaml"), policy("http://127.0.0.1:1"));
        serve();
        var pem = Files.writeString(folder.resolve("app.pem"), app.pem());
        var imported =
                Ran.of("keys", "import-github-app", pem.toString(), "--app-id", app.id(), "--data", data.toString());
        assertThat(imported.code()).as(imported.out() + imported.err()).isZero();
        Files.delete(pem);
    }

    private String policy(String audience) {
        return """
            version: 1
            providers:
              github: {profile: github, issuer: %s, audience: %s}
            resource_servers:
              github: {kind: github-app, app_id: "%s", owners: {acme: "1001"}, api_url: %s}
            tasks:
              bump-version:
                permissions: [{resource_server: github, actions: ["contents:write"], identifiers: ["github:${project}"]}]
                lease: 60s
                allow:
                  - provider: github
                    claims: {repository_id: "2002", repository_owner_id: "1001", repository: acme/shop, ref: refs/heads/main, ref_type: branch}
            """.formatted(provider.issuer(), audience, app.id(), github.url());
    }

    private void serve() throws Exception {
        issuer = TaskboundProcess.start(
                "serve", "--policy", policy.toString(), "--data", data.toString(), "--port", "0");
        url = issuer.awaitUrl();
        Files.writeString(policy, policy(url));
        issuer.awaitLine(line -> line.contains("in force") || line.contains(" v2 "));
    }

    @AfterEach
    void stop() {
        issuer.close();
        github.close();
        provider.close();
    }

    private IssuerClient client() {
        return IssuerClient.builder(IssuerUrl.of(url)).build();
    }

    private IdToken idToken() {
        return IdToken.of(provider.idToken(provider.github("acme/shop", "main").forAudience(url)));
    }

    private GrantedToken granted(IssuerClient client) {
        var request = TaskRequest.of(TaskDetail.of("bump-version", "contents:write", "github:acme/shop"))
                .withLease(Duration.ofSeconds(60));
        var answer = client.mint(idToken(), request);
        assertThat(answer).as(String.join("\n", issuer.lines())).isInstanceOf(MintAnswer.Granted.class);
        return ((MintAnswer.Granted) answer).token();
    }

    private static void await(BooleanSupplier wanted, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!wanted.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(wanted.getAsBoolean()).isTrue();
    }

    private String audit() {
        try {
            return Files.readString(data.resolve("audit.jsonl"));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** GitHub has made the token, and nobody will ever say which it is. */
    @Test
    void anIssuerThatIsKilledBeforeItWroteTheAnswerDownSaysUntilWhenATokenMayBeAlive() throws Exception {
        var client = client();
        var token = granted(client);
        github.trouble(GithubEndpoint.ACCESS_TOKENS, GithubTrouble.HANGS);
        var unused = CompletableFuture.runAsync(() -> client.credential(token));
        await(() -> github.aliveTokens().size() == 1, Duration.ofSeconds(20));
        issuer.kill9();
        github.trouble(GithubEndpoint.ACCESS_TOKENS, GithubTrouble.NONE);

        serve();
        await(() -> audit().contains("credential_unheard"), Duration.ofSeconds(75));

        var line = audit().lines()
                .filter(one -> one.contains("credential_unheard"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains("\"jti\":\"" + token.handle(), "\"credential_kind\":\"github-app\"");
        var until = Instant.parse(line.replaceAll(".*\"alive_until\":\"([^\"]+)\".*", "$1"));
        assertThat(until)
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(55)),
                        Instant.now().plus(Duration.ofMinutes(65)));
    }

    @Test
    void noCredentialIsInAnyLogRecordFileOrOutput() throws Exception {
        var copy = folder.resolve("copy");
        var idTokenFile = folder.resolve("id-token");
        Files.writeString(
                idTokenFile,
                provider.idToken(provider.github("acme/shop", "main").forAudience(url)));
        var home = Files.createDirectory(folder.resolve("home"));
        try (var step = TaskboundProcess.start(
                Map.of("HOME", home.toString(), "TMPDIR", home.toString(), "XDG_RUNTIME_DIR", home.toString()),
                "run",
                "--issuer",
                url,
                "--task",
                "bump-version",
                "--action",
                "contents:write",
                "--identifier",
                "github:acme/shop",
                "--id-token-file",
                idTokenFile.toString(),
                "--",
                "sh",
                "-c",
                "printf %s \"$GH_TOKEN\" >" + copy + "; env | grep -c '^TASKBOUND_TOKEN' ; true")) {
            assertThat(step.awaitExit()).as(String.join("\n", step.lines())).isZero();
            var token = Files.readString(copy);
            Files.delete(copy);
            assertThat(token).startsWith("ghs_");
            assertThat(step.lines()).contains("0");
            assertThat(github.aliveTokens()).isEmpty();
            issuer.terminate();

            var places = new ArrayList<String>(
                    List.of(String.join("\n", step.lines()), String.join("\n", issuer.lines()), audit()));
            var ledger = contents(data.resolve("ledger"));
            assertThat(ledger).as("the records can be searched").anyMatch(file -> file.contains("bump-version"));
            places.addAll(ledger);
            places.addAll(contents(data));
            places.addAll(contents(home));
            var inBase64 = Base64.getEncoder().encodeToString(token.getBytes(UTF_8));
            assertThat(places)
                    .noneMatch(place -> place.contains(token))
                    .noneMatch(place -> place.contains(inBase64.substring(0, inBase64.length() - 4)));
            assertThat(audit()).contains("\"result\":\"delivered\"", "\"cause\":\"revoked\"");
        }
    }

    private static List<String> contents(Path root) throws IOException {
        var contents = new ArrayList<String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, ISO_8859_1));
            }
        }
        return contents;
    }
}
