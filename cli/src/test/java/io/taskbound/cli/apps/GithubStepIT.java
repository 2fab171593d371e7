// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import io.taskbound.local.OwnPort;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.github.StandInGithub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: an App's key is imported, {@code serve} issues, and {@code run} gives git and curl what they need. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
class GithubStepIT {
    private static final String AUDIENCE = "https://tokens.acme.example";

    private static final String POLICY = """
            version: 1
            providers:
              github:
                profile: github
                issuer: %s
                audience: https://tokens.acme.example
            resource_servers:
              github:
                kind: github-app
                app_id: "%s"
                owners: {acme: "1001"}
                api_url: %s
            callers:
              main:
                - provider: github
                  claims: {repository_id: "%s", repository_owner_id: "%s", ref: refs/heads/main, ref_type: branch}
            tasks:
              bump-version:
                permissions:
                  - {resource_server: github, actions: ["contents:write"], identifiers: ["github:acme/*"]}
                max_lifetime: 10m
                lease: 60s
                allow: [main]
            """;

    @TempDir
    private Path folder;

    private StandInProvider provider = StandInProvider.start(Clock.systemUTC());
    private StandInGithub github = StandInGithub.start(Clock.systemUTC());
    private Path data = Path.of("");

    @BeforeEach
    void haveAnAppWhoseKeyIsImported() throws Exception {
        assumeTrue(has("git") && has("curl"), "NOT RUN: needs git and curl");
        github.organization("acme", 1001);
        github.repository("acme", "shop", 2002);
        github.repository("acme", "vault", 2003);
        var app = github.app("acme", Map.of("contents", "write"));
        github.install(app, "acme");
        data = Files.createDirectory(folder.resolve("data"));
        var pem = Files.writeString(folder.resolve("app.pem"), app.pem());
        var imported =
                Ran.of("keys", "import-github-app", pem.toString(), "--app-id", app.id(), "--data", data.toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        Files.delete(pem);
        var claims = provider.github("acme/shop", "main").asMap();
        Files.writeString(
                folder.resolve("policy.yaml"),
                String.format(
                        Locale.ROOT,
                        POLICY,
                        provider.issuer(),
                        app.id(),
                        github.url(),
                        claims.get("repository_id"),
                        claims.get("repository_owner_id")));
    }

    @AfterEach
    void stop() {
        github.close();
        provider.close();
    }

    private static boolean has(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        }
    }

    private TaskboundProcess serve(int port) throws IOException {
        return TaskboundProcess.start(
                "serve",
                "--policy",
                folder.resolve("policy.yaml").toString(),
                "--port",
                Integer.toString(port),
                "--data",
                data.toString());
    }

    private record Step(int status, List<String> lines) {}

    private Step step(String issuer, String repository, String script) throws Exception {
        var environment = Map.of(
                "TASKBOUND_ID_TOKEN",
                        provider.idToken(provider.github("acme/shop", "main").forAudience(AUDIENCE)),
                "HOME", folder.toString(),
                "GIT_CONFIG_NOSYSTEM", "1");
        try (var run = TaskboundProcess.start(
                environment,
                "run",
                "--issuer",
                issuer,
                "--id-token-audience",
                AUDIENCE,
                "--task",
                "bump-version",
                "--identifier",
                "github:acme/" + repository,
                "--",
                "sh",
                "-c",
                "set -e; cd " + folder + "; " + script)) {
            int status = run.awaitExit();
            return new Step(status, run.lines());
        }
    }

    private String url(String repository) {
        return github.url() + "/acme/" + repository + ".git";
    }

    @Test
    void gitAndCurlWorkInTheStepForItsRepositoryAloneAndNothingIsAliveAfterIt() throws Exception {
        var identity = "-c user.name=Step -c user.email=step@acme.example";
        try (var serve = serve(OwnPort.find())) {
            var issuer = serve.awaitUrl();
            var pushed = step(
                    issuer,
                    "shop",
                    "git clone -q " + url("shop") + " work; cd work; echo 2.0.0 > version; git add version; git "
                            + identity + " commit -q -m 2.0.0; git push -q origin HEAD:main; curl -sf -H"
                            + " \"Authorization: Bearer $GH_TOKEN\" " + github.url()
                            + "/repos/acme/shop/contents/version > ../read.json; printf %s \"$GH_TOKEN\" > ../token");
            assertThat(pushed.status()).as(String.join("\n", pushed.lines())).isZero();
            assertThat(github.file("acme", "shop", "version")).contains("2.0.0\n");
            assertThat(Files.readString(folder.resolve("read.json"))).contains("Mi4wLjAK");
            assertThat(github.aliveTokens()).isEmpty();

            var other = step(issuer, "shop", "git clone -q " + url("vault") + " vault");
            assertThat(other.status()).isNotZero();
            assertThat(folder.resolve("vault")).doesNotExist();

            var token = Files.readString(folder.resolve("token"));
            assertThat(token).startsWith("ghs_");
            assertThat(pushed.lines()).noneMatch(line -> line.contains(token));
            assertThat(serve.lines()).noneMatch(line -> line.contains("ghs_"));
        }
        assertNoTokenIn(data, Files.readString(folder.resolve("token")));
    }

    /** In clear: the ledger has what revokes a token sealed. */
    private static void assertNoTokenIn(Path folder, String token) throws IOException {
        try (var files = Files.walk(folder)) {
            var all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(3);
            for (var file : all) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token);
            }
        }
    }

    @Test
    void aTaskThatTheAppCannotDoIsRefusedWithTheSentenceOfWhoHasToActAndRunsNothing() throws Exception {
        try (var serve = serve(OwnPort.find())) {
            var refused = step(serve.awaitUrl(), "nothing-there", "touch ran");
            assertThat(refused.status()).isNotZero();
            assertThat(String.join("\n", refused.lines())).contains("A repository of this task does not exist");
            assertThat(folder.resolve("ran")).doesNotExist();
            assertThat(Files.readString(data.resolve("audit.jsonl"), UTF_8))
                    .contains("access_tokens: 422, repositories");
        }
    }
}
