// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard before a real issuer: what it lets through, and what never reaches the issuer. */
class GuardTest {
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static LiveIssuer issuer;

    @TempDir
    private Path folder;

    private int before;

    @BeforeAll
    static void start() throws Exception {
        issuer = LiveIssuer.start(line -> ASKED.incrementAndGet());
    }

    @AfterAll
    static void stop() throws Exception {
        issuer.close();
    }

    private String bearer() {
        var token = issuer.mint(TestPolicy.sign());
        remember();
        return "Authorization: Bearer " + token;
    }

    @BeforeEach
    void remember() {
        before = ASKED.get();
    }

    private TestedGuard guard(Gateway gateway) throws Exception {
        return new TestedGuard(gateway, issuer.url(), folder);
    }

    /** A refusal before the issuer was asked, so that nothing was counted. */
    private void refusedUnasked(Asked answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(ASKED).as("what the issuer decided").hasValue(before);
    }

    @ParameterizedTest
    @EnumSource
    void thePermittedRequestPassesAsOftenAsTheTokenAllows(Gateway gateway) throws Exception {
        var token = bearer();
        try (var guard = guard(gateway)) {
            var question = guard.question("PUT", TestedGuard.PERMITTED).with(token);
            for (int use = 0; use < 3; use++) {
                var answer = guard.ask(question);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.header("X-Taskbound-Rule")).contains("sign");
                assertThat(answer.header("X-Taskbound-Task")).contains("sign");
                assertThat(answer.header("X-Taskbound-Handle").orElseThrow())
                        .matches("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{32}");
                assertThat(answer.header("X-Taskbound-Subject").orElseThrow()).startsWith("task:sign:github:");
            }
            var spent = guard.ask(question);
            assertThat(spent.status()).isEqualTo(401);
            assertThat(spent.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
            assertThat(String.join("\n", guard.log()))
                    .contains("\"reason\":\"spent\"", "\"result\":\"allowed\"")
                    .doesNotContain(token.substring(token.lastIndexOf('.')));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherTargetIsNotPermittedAndNotCounted(Gateway gateway) throws Exception {
        var token = bearer();
        try (var guard = guard(gateway)) {
            var other = guard.ask(guard.question("PUT", TestedGuard.PERMITTED.replace("app.jar", "evil.jar"))
                    .with(token));
            assertThat(other.status()).isEqualTo(403);
            assertThat(other.header("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
            assertThat(other.header("X-Taskbound-Handle")).contains("-");
            for (int use = 0; use < 3; use++) {
                assertThat(guard.ask(guard.question("PUT", TestedGuard.PERMITTED + "?format=x")
                                        .with(token))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutATokenTheCallerHearsWhatIsNeeded(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            var answer = guard.ask(guard.question("PUT", TestedGuard.PERMITTED));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("Bearer, DPoP algs=\"ES256\"");
            assertThat(ASKED).hasValue(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOpenPathNeedsNoToken(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            var answer = guard.ask(guard.question("GET", "/healthz"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Taskbound-Handle")).contains("-");
            refusedUnasked(guard.ask(guard.question("POST", "/healthz")));
            refusedUnasked(guard.ask(guard.question("GET", "/healthz/")));
        }
    }

    /** Whatever could be read in two ways, by every gateway, with a good token. */
    @ParameterizedTest
    @EnumSource
    void aPathThatCouldBeReadInTwoWaysIsRefused(Gateway gateway) throws Exception {
        var token = bearer();
        try (var guard = guard(gateway)) {
            for (var target : List.of(
                    "/files/%2e%2e" + TestedGuard.PERMITTED,
                    "/files/.." + TestedGuard.PERMITTED,
                    "/files/..;" + TestedGuard.PERMITTED,
                    "/" + TestedGuard.PERMITTED,
                    TestedGuard.PERMITTED.replace("/acme/", "/acme//"),
                    TestedGuard.PERMITTED + ";x=1",
                    TestedGuard.PERMITTED + ".",
                    TestedGuard.PERMITTED + "/",
                    TestedGuard.PERMITTED + "/.",
                    TestedGuard.PERMITTED.toUpperCase(java.util.Locale.ROOT),
                    TestedGuard.PERMITTED.replace("artifacts", "Artifacts"),
                    TestedGuard.PERMITTED.replace("app.jar", "app%2ejar"),
                    TestedGuard.PERMITTED.replace("/acme/shop", "/acme%2fshop"),
                    TestedGuard.PERMITTED + "?_method=DELETE",
                    TestedGuard.PERMITTED + "?format=a&format=b",
                    TestedGuard.PERMITTED + "?other=1",
                    TestedGuard.PERMITTED + "#x")) {
                var answer = guard.ask(guard.question("PUT", target).with(token));
                // 400 from the JDK's own server, where the path is in the very request line.
                assertThat(answer.status())
                        .as(target)
                        .isIn(gateway == Gateway.ENVOY ? List.of(400, 403) : List.of(403));
            }
            assertThat(ASKED).as("what the issuer decided").hasValue(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY", "CADDY", "TRAEFIK"})
    void anAbsoluteFormIsRefused(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            for (var target : List.of(
                    "https://signer.acme.example" + TestedGuard.PERMITTED,
                    "http://other.example/x",
                    "other.example:443",
                    "*",
                    "x",
                    "")) {
                refusedUnasked(guard.ask(guard.question("PUT", target).with(bearer0())));
            }
        }
    }

    /** Its very form is enough for what is refused unasked. */
    private static String bearer0() {
        return "Authorization: Bearer a.b.c";
    }

    @ParameterizedTest
    @EnumSource
    void aHugePathIsRefusedAndTheNextRequestIsNot(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            var huge = guard.ask(
                    guard.question("GET", "/files/" + "a".repeat(100_000)).with(bearer0()));
            assertThat(huge.status()).isIn(0, 400, 403, 413, 431);
            refusedUnasked(guard.ask(
                    guard.question("GET", "/files/" + "a".repeat(5_000)).with(bearer0())));
            assertThat(guard.ask(guard.question("GET", "/healthz")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherHostIsRefused(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            var question = guard.question("PUT", TestedGuard.PERMITTED).with(bearer0());
            for (var host : List.of(
                    "other.example",
                    "signer.acme.example.",
                    "signer.acme.example:8443",
                    "signer.acme.example,other.example",
                    "signer.acme.example other.example",
                    "")) {
                refusedUnasked(guard.ask(question.at(host)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatTellsAnotherMethodOrPathIsRefused(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            for (var line : List.of(
                    "X-HTTP-Method-Override: DELETE",
                    "x-http-method: DELETE",
                    "X-Method-Override: DELETE",
                    "X_HTTP_Method_Override: DELETE",
                    "X-Original-URL: /admin",
                    "X-Rewrite-URL: /admin")) {
                refusedUnasked(
                        guard.ask(guard.question("PUT", TestedGuard.PERMITTED).with(bearer0(), line)));
            }
        }
    }

    /** What the service is told by, so that it could take a caller's word for the guard's. */
    @ParameterizedTest
    @EnumSource
    void theFieldsOfTheGuardItselfAreRefused(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            for (var line : List.of(
                    "X-Taskbound-Subject: task:sign:github:repo:1001/2002",
                    "x-taskbound-rule: sign",
                    "X_Taskbound_Handle: x",
                    "X-Taskbound-Anything: x")) {
                refusedUnasked(
                        guard.ask(guard.question("PUT", TestedGuard.PERMITTED).with(bearer0(), line)));
                refusedUnasked(guard.ask(guard.question("GET", "/healthz").with(line)));
            }
        }
    }

    /** What each gateway tells the original request by, sent through another. */
    @ParameterizedTest
    @EnumSource
    void theFieldsOfOtherGatewaysAreRefused(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            for (var line : List.of(
                    "X-Original-Request: PUT " + TestedGuard.PERMITTED + " HTTP/1.1",
                    "X-Original-Host: signer.acme.example",
                    "X-Original-Method: PUT",
                    "X-Original-URI: " + TestedGuard.PERMITTED,
                    "X_Original_Request: PUT " + TestedGuard.PERMITTED + " HTTP/1.1",
                    "X_Forwarded_Uri: " + TestedGuard.PERMITTED,
                    "X-Forwarded-Method: PUT",
                    "X-Forwarded-Uri: " + TestedGuard.PERMITTED)) {
                // Its own, a second time.
                refusedUnasked(
                        guard.ask(guard.question("PUT", TestedGuard.PERMITTED).with(bearer0(), line)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "CADDY", "TRAEFIK", "HAPROXY"})
    void whatIsMissingIsRefused(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            var lines =
                    guard.question("PUT", TestedGuard.PERMITTED).with(bearer0()).lines();
            for (var line : lines) {
                if (line.startsWith("X-") && !(gateway == Gateway.CADDY && line.startsWith("X-Forwarded-Host"))) {
                    var without =
                            lines.stream().filter(each -> !each.equals(line)).toList();
                    refusedUnasked(guard.ask(String.join("\r\n", without) + "\r\n\r\n"));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PUT  /x HTTP/1.1", "PUT /x", "PUT /a b HTTP/1.1", "/x", "PUT /x HTTP/1.1 x", "PUT /x SMTP"})
    void aLineThatIsNoRequestLineIsRefused(String line) throws Exception {
        try (var guard = guard(Gateway.NGINX)) {
            refusedUnasked(guard.ask("GET /check HTTP/1.1\r\nHost: g\r\nX-Original-Host: signer.acme.example\r\n"
                    + "X-Original-Request: " + line + "\r\nConnection: close\r\n\r\n"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoHostsOrTokensAreRefused(Gateway gateway) throws Exception {
        var token = bearer();
        try (var guard = guard(gateway)) {
            var question = guard.question("PUT", TestedGuard.PERMITTED);
            for (var authorization : List.of(
                    List.of(token, token),
                    List.of(token, bearer0()),
                    List.of(token + ", " + token.substring("Authorization: ".length())),
                    List.of(token + " x"),
                    List.of("Authorization: Basic c2lnbmVyOng="),
                    List.of(token.replace("Bearer", "DPoP")))) {
                var answer = guard.ask(question.with(authorization.toArray(String[]::new)));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            }
            if (gateway == Gateway.CADDY || gateway == Gateway.ENVOY) {
                refusedUnasked(guard.ask(question.with(token, "Host: other.example")));
            }
            assertThat(ASKED).as("what the issuer decided").hasValue(before);
            assertThat(String.join("\n", guard.log())).doesNotContain(token.substring(token.lastIndexOf('.')));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionWithABodyIsRefused(Gateway gateway) throws Exception {
        try (var guard = guard(gateway)) {
            var question = guard.question("PUT", TestedGuard.PERMITTED).with(bearer0());
            var head = String.join("\r\n", question.lines()).replace("\r\nContent-Length: 0", "");
            for (var body : List.of(
                    "\r\nContent-Length: 1\r\n\r\nx",
                    "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
                    "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
                    "\r\nTransfer-Encoding: xchunked\r\n\r\n",
                    "\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                    "\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\nx",
                    "\r\nContent-Length: -1\r\n\r\n",
                    "\r\nContent-Length: zero\r\n\r\n",
                    "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
                var answer = guard.ask(head + body);
                assertThat(answer.status()).as(body).isIn(0, 400, 403, 500, 501);
            }
            assertThat(ASKED).as("what the issuer decided").hasValue(before);
            assertThat(guard.ask(guard.question("GET", "/healthz")).status()).isEqualTo(200);
        }
    }

    @Test
    void elsewhereThereIsNothing() throws Exception {
        try (var guard = guard(Gateway.NGINX)) {
            for (var path : List.of("/", "/checks", "/metrics", "/Check")) {
                assertThat(guard.ask("GET " + path + " HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
                                .status())
                        .isEqualTo(404);
            }
            assertThat(guard.log()).isEmpty();
        }
    }

    @Test
    void administratorsSeeHealthReadinessAndCounts() throws Exception {
        try (var guard = guard(Gateway.NGINX)) {
            assertThat(guard.admin("/healthz").status()).isEqualTo(200);
            assertThat(guard.admin("/readyz").status()).isEqualTo(200);
            guard.ask(guard.question("PUT", TestedGuard.PERMITTED).with(bearer()));
            guard.ask(guard.question("PUT", TestedGuard.PERMITTED));
            guard.ask(guard.question("PUT", "/../x"));
            var metrics = guard.admin("/metrics");
            assertThat(metrics.header("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.body().lines())
                    .contains(
                            "taskbound_guard_decisions_total{result=\"allowed\",reason=\"allowed\",rule=\"sign\"} 1",
                            "taskbound_guard_decisions_total{result=\"refused\",reason=\"no_token\",rule=\"sign\"} 1",
                            "taskbound_guard_decisions_total{result=\"refused\",reason=\"dots\",rule=\"\"} 1",
                            "taskbound_guard_seconds_count 3",
                            "taskbound_guard_seconds_bucket{le=\"+Inf\"} 3",
                            "taskbound_guard_ready 1");
            assertThat(metrics.body().lines().filter(line -> !line.startsWith("#")))
                    .allMatch(line -> line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})? [0-9.E-]+"));
            assertThat(guard.admin("/other").status()).isEqualTo(404);
        }
    }
}
