// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.TaskboundProcess;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import io.taskbound.local.OwnPort;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.people.Keycloak;
import io.taskbound.local.people.Person;
import io.taskbound.local.people.StandInPeople;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser of a telephone's size, which obeys its Content Security Policy and its cookies: who
 * started the run cannot approve, another person can, and the step continues. With the stand-in for the identity
 * provider, and with a real one where there is one.
 */
class ApprovalPageInBrowserIT {
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Duration INTERVAL = Duration.ofSeconds(6);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Types or clicks what the provider wants of somebody who logs in. */
    @FunctionalInterface
    private interface Login {
        void as(Chromium browser, String name) throws Exception;
    }

    @Test
    void withTheStandIn() throws Exception {
        var port = OwnPort.find();
        try (var people = StandInPeople.start(
                        List.of(
                                Person.of("u-1", "oscar", "release-managers").with("github_id", "583231"),
                                Person.of("u-2", "octavia", "release-managers").with("github_id", "583232")),
                        Clock.systemUTC())
                .register(callback(port))) {
            approve(
                    port,
                    people.issuer(),
                    (browser, name) ->
                            browser.click("li a" + "[href*=\"" + (name.equals("oscar") ? "u-1" : "u-2") + "\"]"));
        }
    }

    @Test
    void withKeycloak() throws Exception {
        assumeTrue(Chromium.installed().isPresent(), "NOT RUN: needs Chromium");
        var port = OwnPort.find();
        try (var keycloak = Keycloak.start(System.getenv(), folder, callback(port))) {
            approve(port, keycloak.issuer(), (browser, name) -> {
                browser.type("#username", name);
                browser.type("#password", keycloak.password());
                browser.click("#kc-login");
            });
        } catch (Keycloak.Unavailable notHere) {
            abort("NOT RUN: " + notHere.getMessage());
        }
    }

    private static String callback(int port) {
        return url(port) + "/approve/callback";
    }

    /** Another site than the provider's: so the browser keeps back what is SameSite=Strict, as it does in earnest. */
    private static String url(int port) {
        return "http://localhost:" + port;
    }

    private void approve(int port, String people, Login login) throws Exception {
        var program = Chromium.installed();
        assumeTrue(program.isPresent(), "NOT RUN: needs Chromium");
        try (var github = StandInProvider.start(Clock.systemUTC());
                var issuer = serve(port, github.issuer(), people);
                var browser = Chromium.start(program.get(), folder.resolve("profile"))) {
            issuer.awaitUrl();
            browser.becomeTelephone(390, 844);
            var txn = UUID.randomUUID().toString();
            var waiting = token(port, idToken(github, port), txn);
            assertThat(waiting.string("error")).as(waiting.toString()).contains("authorization_pending");
            var page = URI.create(waiting.string("approval_uri").orElseThrow());

            logIn(browser, page, login, "oscar");
            browser.awaitText("You started the run that asks for this");
            assertThat(browser.valueOf("document.querySelectorAll('form').length"))
                    .isEqualTo("0");

            browser.forgetCookies();
            logIn(browser, page, login, "octavia");
            browser.await("button.yes");
            assertReadable(browser);
            Files.write(Path.of("target/approve-page.png"), browser.screenshot());
            browser.preferDark();
            Files.write(Path.of("target/approve-page-dark.png"), browser.screenshot());
            browser.type("#comment", "CHG0031337, agreed on the phone");
            browser.click("button.yes");
            browser.awaitText("Recorded: you have approved rotate-root-key");

            assertThat(granted(port, github, txn)).isPresent();
        }
    }

    /** Asks again, at most a few times: whoever asks sooner than the interval says is told so. */
    private Optional<String> granted(int port, StandInProvider github, String txn) throws Exception {
        var token = token(port, idToken(github, port), txn).string("access_token");
        for (int again = 0; again < 3 && token.isEmpty(); again++) {
            Thread.sleep(INTERVAL.toMillis());
            token = token(port, idToken(github, port), txn).string("access_token");
        }
        return token;
    }

    private static void logIn(Chromium browser, URI page, Login login, String name) throws Exception {
        browser.open(page);
        browser.awaitText("A step of a CI run waits for the approval of a person");
        browser.click("a.button");
        login.as(browser, name);
        browser.awaitText("rotate-root-key");
    }

    /** Nothing stands outside the screen, and nothing of the style was refused by the browser. */
    private static void assertReadable(Chromium browser) throws Exception {
        assertThat(browser.valueOf("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo("true");
        assertThat(browser.valueOf("getComputedStyle(document.querySelector('button.yes')).backgroundColor"))
                .isEqualTo("rgb(20, 104, 58)");
        assertThat(browser.valueOf("document.querySelector('button.yes').getBoundingClientRect().height >= 44"))
                .isEqualTo("true");
        assertThat(browser.valueOf("document.querySelector('label').htmlFor")).isEqualTo("comment");
        assertThat(browser.valueOf("document.cookie")).isEmpty();
    }

    private TaskboundProcess serve(int port, String github, String people) throws Exception {
        var policy = folder.resolve("policy-" + port + ".yaml");
        Files.writeString(policy, """
                version: 1
                providers:
                  github: {profile: github, issuer: "%s", audience: "%s"}
                  staff: {profile: generic, issuer: "%s", audience: taskbound, login: {}}
                resource_servers:
                  root: {audience: root, checks: offline}
                approvers:
                  release-managers:
                    - {provider: staff, person: sub, known_as: {github: github_id}, claims: {groups: {contains: release-managers}}}
                tasks:
                  rotate-root-key:
                    description: Rotate the root key of the signing service
                    permissions: [{resource_server: root, actions: [rotate], identifiers: ["key:root"]}]
                    approval: {by: [release-managers], within: 30m}
                    allow: [{provider: github, claims: {repository_id: "2002", repository_owner_id: "1001"}}]
                """.formatted(github, url(port), people));
        return TaskboundProcess.start(
                Map.of(),
                "serve",
                "--policy",
                policy.toString(),
                "--port",
                Integer.toString(port),
                "--issuer-url",
                url(port));
    }

    private static String idToken(StandInProvider github, int port) {
        return github.idToken(github.github("acme/shop", "main")
                .forAudience(url(port))
                .with("actor", "oscar")
                .with("actor_id", "583231"));
    }

    private JsonObject token(int port, String idToken, String txn) throws Exception {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put("subject_token", idToken);
        form.put("txn", txn);
        form.put("holder_challenge", CHALLENGE);
        form.put(
                "authorization_details",
                "[{\"type\":\"task\",\"task\":\"rotate-root-key\",\"identifier\":\"key:root\"}]");
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return StrictJson.parseObject(
                http.send(request, BodyHandlers.ofByteArray()).body());
    }
}
