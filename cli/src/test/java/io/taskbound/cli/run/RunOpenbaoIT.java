// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.TaskboundProcess;
import io.taskbound.cli.run.WrappedRun.Setting;
import io.taskbound.local.OwnPort;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.openbao.StandInOpenbao;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A step under {@code run}, an issuer under {@code serve}, and a stand-in OpenBao that believes it: all over HTTP. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
class RunOpenbaoIT {
    private static final String AUDIENCE = "https://vault.acme.example";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final StandInProvider provider = StandInProvider.start(Clock.systemUTC());
    private final int port = OwnPort.find();
    private final String issuer = "http://127.0.0.1:" + port;
    private final StandInOpenbao bao = StandInOpenbao.start(Clock.systemUTC());

    RunOpenbaoIT() throws IOException {}

    @BeforeEach
    void setUp() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "NOT RUN: needs curl");
        Files.writeString(
                folder.resolve("policy.yaml"), """
                version: 1
                providers:
                  github: {profile: github, issuer: "%s", audience: "%s"}
                resource_servers:
                  vault: {kind: openbao, address: "%s", role: release, audience: "%s"}
                tasks:
                  read-key:
                    description: Read the signing key of one product
                    permissions: [{resource_server: vault, actions: [read], identifiers: ["secret:release/${product}"]}]
                    max_lifetime: 10m
                    lease: 60s
                    allow: [{provider: github, claims: {repository_id: "2002", repository_owner_id: "1001"}}]
                """.formatted(provider.issuer(), issuer, bao.address(), AUDIENCE)
                        .replace("${product}", "*"));
        set("sys/auth/jwt", "{\"type\":\"jwt\"}");
        set("auth/jwt/config", "{\"oidc_discovery_url\":\"%s\",\"bound_issuer\":\"%s\"}".formatted(issuer, issuer));
        var accessor = ask("GET", "sys/auth", bao.rootToken(), "")
                .body()
                .replaceAll("(?s).*\"accessor\":\"([^\"]+)\".*", "$1");
        policy("release", "secret/data/{{identity.entity.aliases." + accessor + ".metadata.path}}", "read");
        set(
                "sys/policies/acl/revoke",
                "{\"policy\":\"path \\\"auth/token/lookup-accessor\\\" { capabilities = [\\\"update\\\"] } path"
                        + " \\\"auth/token/revoke-accessor\\\" { capabilities = [\\\"update\\\"] }\"}");
        set("auth/jwt/role/release", """
                {"bound_audiences":["%s"],"user_claim":"entity","bound_claims":{"purpose":"step","task":"read-key"},
                 "claim_mappings":{"path":"path"},"token_policies":["release"],"token_ttl":"10m",
                 "token_explicit_max_ttl":"10m"}""".formatted(AUDIENCE));
        set("auth/jwt/role/taskbound-revoke", """
                {"bound_audiences":["%s"],"user_claim":"sub","bound_claims":{"purpose":"revoke"},
                 "token_policies":["revoke"],"token_type":"batch","token_ttl":"1m"}""".formatted(AUDIENCE));
        set("secret/data/release/app", "{\"data\":{\"key\":\"of the app\"}}");
        set("secret/data/release/web", "{\"data\":{\"key\":\"of the web\"}}");
    }

    @AfterEach
    void stop() {
        bao.close();
        provider.close();
    }

    private void policy(String name, String path, String capability) throws Exception {
        set("sys/policies/acl/" + name, """
                {"allow_slashes_in_identity_templates":true,
                 "policy":"path \\"%s\\" { capabilities = [\\"%s\\"] }"}""".formatted(path, capability));
    }

    private record Answer(int status, String body) {}

    private void set(String path, String json) throws Exception {
        var answer = ask("POST", path, bao.rootToken(), json);
        assertThat(answer.status()).as(path + ": " + answer.body()).isIn(200, 204);
    }

    private Answer ask(String method, String path, String token, String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(bao.address() + "/v1/" + path))
                .header("X-Vault-Token", token)
                .method(method, BodyPublishers.ofString(json));
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private Setting step() {
        var idToken = provider.idToken(provider.github("acme/shop", "main").forAudience(issuer));
        return new Setting(issuer, folder, Map.of("TASKBOUND_ID_TOKEN", idToken), List.of())
                .asking("read-key", "read", "secret:release/app");
    }

    @Test
    void theStepReadsOneSecretAndNobodyReadsItWithTheTokenAfterTheStep() throws Exception {
        try (var serve = TaskboundProcess.start(
                "serve",
                "--policy",
                folder.resolve("policy.yaml").toString(),
                "--data",
                folder.resolve("data").toString(),
                "--port",
                String.valueOf(port))) {
            serve.awaitUrl();
            var read = "curl -s -o /dev/null -w '%{http_code} ' -H \"X-Vault-Token: $VAULT_TOKEN\""
                    + " $BAO_ADDR/v1/secret/data/release/";
            try (var run = step().sh("test -z \"${TASKBOUND_TOKEN-}\"; " + read + "app; " + read
                    + "web; printf %s \"$BAO_TOKEN\" > kept")) {
                assertThat(run.await()).as(run.err()).isZero();
                assertThat(run.out()).isEqualTo("200 403 ");
                var token = Files.readString(folder.resolve("kept"));
                assertThat(token).startsWith("hvs.");
                assertThat(run.err()).doesNotContain(token);
                assertThat(ask("GET", "secret/data/release/app", token, "").status())
                        .isEqualTo(403);
                assertThat(ask("GET", "auth/token/accessors", bao.rootToken(), "")
                                .body())
                        .contains("\"keys\":[]");
                assertThat(serve.lines()).noneMatch(line -> line.contains(token));
            }
        }
        assertNoFileHas(Files.readString(folder.resolve("kept")));
    }

    private void assertNoFileHas(String token) throws IOException {
        try (var files = Files.walk(folder.resolve("data"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token);
            }
        }
    }
}
