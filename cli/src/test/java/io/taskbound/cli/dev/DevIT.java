// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --dev} as a developer meets it. */
class DevIT {
    private static final String STAGING = "environment:acme/shop/staging";

    @TempDir
    private static Path folder;

    private static TaskboundProcess issuer;
    private static String url;

    @BeforeAll
    static void serve() throws Exception {
        issuer = TaskboundProcess.start(
                "serve",
                "--dev",
                "--port",
                "0",
                "--data",
                folder.resolve("it's data").toString());
        url = issuer.awaitUrl();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void theThreeCurlLinesWorkWhenPastedAndPastedAgain() throws Exception {
        assumeTrue(has("bash") && has("curl"), "bash and curl run the pasted lines");
        var lines = curlLines(issuer);
        assertThat(lines).hasSize(3);
        for (int i = 0; i < 2; i++) {
            var said = bash(String.join("\n", lines));
            assertThat(said)
                    .contains("mint 200")
                    .contains("\"active\":true")
                    .contains("redeem 200")
                    .contains("revoke 200");
        }
        assertThat(bash(lines.get(1))).as("after the revoke").contains("\"active\":false");
    }

    @Test
    void theCurlLinesHoldNeitherTokenNorSecret() throws Exception {
        var secret = Files.readString(folder.resolve("it's data/dev/secret"));
        assertThat(curlLines(issuer)).noneMatch(line -> line.contains("eyJ") || line.contains(secret));
        assertThat(issuer.lines()).noneMatch(line -> line.contains("eyJ") || line.contains(secret));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void itsFilesAreForTheirOwnerAlone() throws Exception {
        var dev = folder.resolve("it's data/dev");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dev)))
                .isEqualTo("rwx------");
        for (var name : List.of("id-token", "secret", "dev.curl", "policy.yaml")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dev.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void devTokenGivesATokenThatVerifySaysIsAlive() throws Exception {
        var token = folder.resolve("token");
        var minted = Ran.of(
                "dev",
                "token",
                "--as",
                "github:acme/shop@main",
                "--task",
                "deploy",
                "--identifier",
                STAGING,
                "--issuer",
                url,
                "--out",
                token.toString());
        assertThat(minted.err()).contains("handle ");
        assertThat(minted.code()).as(minted.err()).isZero();
        assertThat(minted.out()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");

        var verified = Ran.of("verify", "@" + token, "--issuer", url);
        assertThat(verified.out()).contains("deploy: deploy " + STAGING, "signature  valid", "alive      not asked");
        assertThat(verified.code()).as(verified.err()).isZero();
    }

    @Test
    void devTokenTakesTheIssuerFromTheEnvironmentAndPrintsTheTokenAlone() {
        var minted = Ran.with(
                Map.of("TASKBOUND_ISSUER", url),
                "",
                "dev",
                "token",
                "--as",
                "github:acme/shop@main",
                "--task",
                "deploy",
                "--identifier",
                STAGING);
        assertThat(minted.code()).as(minted.err()).isZero();
        assertThat(minted.out()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    }

    @Test
    void devTokenShowsARefusalWithTheRuleThatWouldAdmitTheRun() {
        var refused = Ran.of(
                "dev",
                "token",
                "--as",
                "github:mallory/shop@main",
                "--task",
                "deploy",
                "--identifier",
                STAGING,
                "--issuer",
                url);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("invalid_authorization_details")
                .contains("repository_id")
                .contains("6666")
                .contains("taskbound policy explain --request-id")
                .doesNotContain("eyJ");
    }

    @Test
    void claimsCanBeSetOneByOne() {
        var minted = Ran.of(
                "dev",
                "token",
                "--as",
                "github:mallory/shop@main",
                "--claim",
                "repository_id=2002",
                "--claim",
                "repository_owner_id=1001",
                "--task",
                "deploy",
                "--identifier",
                "environment:mallory/shop/x",
                "--issuer",
                url);
        assertThat(minted.err()).contains("handle ");
        assertThat(minted.code()).as(minted.err()).isZero();
    }

    @Test
    void devIdTokenSignsTheClaimsOfAFile() throws Exception {
        var claims = Files.writeString(
                folder.resolve("claims.json"), "{\"sub\":\"repo:acme/shop:x\",\"repository_id\":\"2002\"}");
        var printed = Ran.of("dev", "id-token", "--profile", "github", "--claims", claims.toString(), "--issuer", url);
        assertThat(printed.err()).isEmpty();
        assertThat(printed.code()).as(printed.err()).isZero();
        var payload = new String(
                java.util.Base64.getUrlDecoder().decode(printed.out().split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(payload).contains("repo:acme/shop:x", "\"aud\":\"" + url + "\"");
    }

    @Test
    void refusesClaimsThatAreNoJson() throws Exception {
        var claims = Files.writeString(folder.resolve("bad.json"), "{\"sub\": 1,}");
        var ran = Ran.of("dev", "id-token", "--profile", "github", "--claims", claims.toString(), "--issuer", url);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("bad.json");
    }

    @Test
    void refusesAnyOtherMachine() {
        for (var elsewhere :
                List.of("https://tokens.acme.example", "http://127.0.0.1.evil.example", "https://10.0.0.1")) {
            var ran = Ran.of(
                    "dev", "token", "--as", "github:a/b@c", "--task", "t", "--identifier", "i", "--issuer", elsewhere);
            assertThat(ran.code()).as(elsewhere).isEqualTo(2);
        }
    }

    @Test
    void saysWhenNothingListens() {
        var ran = Ran.of(
                "dev",
                "token",
                "--as",
                "github:a/b@c",
                "--task",
                "t",
                "--identifier",
                "i",
                "--issuer",
                "http://127.0.0.1:1");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("serve --dev");
    }

    @Test
    void theStandInSignsNothingForAWebPage() throws Exception {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(url + "/dev/id-token"))
                .header("Origin", "https://evil.example")
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signal that asks a process to end")
    void standsInForTheProvidersOfAPolicyOfOnesOwn() throws Exception {
        // As docs/policy.md has it made.
        var secret = Ran.of("policy", "secret", "dev", "--print");
        var hash = secret.err().replaceAll("(?s).*\\[\"([0-9a-f]{64})\"\\].*", "$1");
        var policy = Files.writeString(folder.resolve("own.yaml"), """
                version: 1
                providers:
                  ci:
                    profile: jenkins
                    issuer: https://ci.acme.example/oidc
                    audience: https://tokens.acme.example
                resource_servers:
                  dev:
                    audience: https://dev.example
                    checks: redeem
                    client_secret_hashes: ["%s"]
                tasks:
                  deploy:
                    permissions:
                      - resource_server: dev
                        actions: [deploy]
                        identifiers: ["environment:${project}/*"]
                    allow:
                      - provider: ci
                        claims: {sub: "https://ci.acme.example/job/shop/"}
                        let: {project: acme/shop}
                """.formatted(hash));
        try (var own = TaskboundProcess.start("serve", "--dev", "--policy", policy.toString(), "--port", "0")) {
            var issuerUrl = own.awaitUrl();
            var minted = Ran.of(
                    "dev",
                    "token",
                    "--as",
                    "ci:shop@7",
                    "--claim",
                    "sub=https://ci.acme.example/job/shop/",
                    "--task",
                    "deploy",
                    "--identifier",
                    STAGING,
                    "--issuer",
                    issuerUrl);
            assertThat(minted.err()).contains("handle ");
            assertThat(minted.code()).as(minted.err()).isZero();
            var redeemed = redeem(issuerUrl, minted.out().strip(), "dev:" + secret.out());
            assertThat(redeemed.statusCode()).as(redeemed.body()).isEqualTo(200);
            assertThat(redeemed.body()).contains("\"active\":true");
            assertThat(redeem(issuerUrl, minted.out().strip(), "dev:" + "x".repeat(43))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(own.terminate()).isZero();
        }
    }

    private static HttpResponse<String> redeem(String issuerUrl, String token, String credentials) throws Exception {
        var form = "token=" + token + "&action=deploy&identifier="
                + STAGING.replace(":", "%3A").replace("/", "%2F");
        var basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(issuerUrl + "/redeem"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static List<String> curlLines(TaskboundProcess process) {
        return process.lines().stream()
                .filter(line -> line.startsWith("  curl "))
                .toList();
    }

    private static boolean has(String program) {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (Exception missing) {
            return false;
        }
    }

    private static String bash(String script) throws Exception {
        var process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
