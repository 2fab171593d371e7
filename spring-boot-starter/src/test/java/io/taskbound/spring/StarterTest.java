// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What an application that has the starter lets in, and that nothing of it happens otherwise. */
class StarterTest {
    private static final AtomicInteger DONE = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static IssuerOverHttp issuer;
    private static App app;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Signer.class)
    static class Application {}

    @RestController
    static class Signer {
        private final TaskTokens tokens;

        Signer(TaskTokens tokens) {
            this.tokens = tokens;
        }

        @PostMapping("/sign/{project}/{name}")
        @RequiresTask(action = "sign", identifier = "artifact:acme/{project}/{name}@sha256:{digest}")
        String sign(@RequestBody byte[] artifact) {
            DONE.incrementAndGet();
            return "signed " + artifact.length + " by "
                    + tokens.current().orElseThrow().handle().length();
        }

        @GetMapping("/named/{name}/{sum}")
        @RequiresTask(action = "sign", identifier = "artifact:acme/shop/{name}@sha256:{sum}")
        String named(@PathVariable String name) {
            DONE.incrementAndGet();
            return name;
        }

        @GetMapping("/later/{name}/{sum}")
        @RequiresTask(action = "sign", identifier = "artifact:acme/shop/{name}@sha256:{sum}")
        Callable<String> later() {
            return () -> "done " + DONE.incrementAndGet();
        }

        @GetMapping("/failing/{name}/{sum}")
        @RequiresTask(action = "sign", identifier = "artifact:acme/shop/{name}@sha256:{sum}")
        Callable<String> failing() {
            return () -> {
                throw new IllegalStateException("on purpose");
            };
        }

        @PostMapping("/computed")
        String computed(HttpServletRequest request) throws java.io.IOException {
            var text = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            tokens.require("sign", "artifact:acme/shop/app.jar@sha256:" + IssuerOverHttp.sha256(text));
            return "done " + DONE.incrementAndGet();
        }

        @PostMapping("/asked")
        String asked(@RequestBody String identifier) {
            tokens.require("sign", identifier);
            return "done " + DONE.incrementAndGet();
        }

        @GetMapping("/open")
        String open() {
            return "open";
        }
    }

    @BeforeAll
    static void start() throws Exception {
        issuer = new IssuerOverHttp();
        app = App.start(
                Application.class, App.properties(issuer, folder, "taskbound.deadline=3s", "taskbound.max-body=1KB"));
    }

    @AfterAll
    static void stop() {
        app.close();
        issuer.close();
    }

    @BeforeEach
    void nothingIsDone() {
        DONE.set(0);
    }

    @Test
    void letsInExactlyWhatTheTokenPermitsAndOnce() throws Exception {
        var token = issuer.signing("app.jar", "bytes");

        assertRefused(403, app.post("/sign/shop/app.jar", "other bytes", App.bearer(token)));
        assertRefused(403, app.post("/sign/shop/evil.jar", "bytes", App.bearer(token)));
        var done = app.post("/sign/shop/app.jar", "bytes", App.bearer(token));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).isEqualTo("signed 5 by 55");
        assertThat(DONE).hasValue(1);
        DONE.set(0);
        var spent = app.post("/sign/shop/app.jar", "bytes", App.bearer(token));
        assertRefused(401, spent);
        assertThat(spent.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(spent.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void refusesWhatIsClosedForeignNoTokenOrNone() throws Exception {
        var closed = issuer.signing("app.jar", "bytes");
        issuer.closeToken(closed);
        assertRefused(401, app.post("/sign/shop/app.jar", "bytes", App.bearer(closed)));
        assertRefused(401, app.post("/sign/shop/app.jar", "bytes", App.bearer(issuer.foreign())));
        assertRefused(401, app.post("/sign/shop/app.jar", "bytes", App.bearer("nothing")));
        var none = app.post("/sign/shop/app.jar", "bytes");
        assertRefused(401, none);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        var good = issuer.signing("app.jar", "bytes");
        assertRefused(
                401,
                app.post(
                        "/sign/shop/app.jar",
                        "bytes",
                        "Authorization",
                        "Bearer " + good,
                        "Authorization",
                        "Bearer " + closed));
        assertRefused(401, app.post("/sign/shop/app.jar", "bytes", "Authorization", "Basic " + good));
        assertThat(app.post("/sign/shop/app.jar", "bytes", App.bearer(good)).statusCode())
                .isEqualTo(200);
    }

    /** Whoever has no token makes the service neither read its body nor ask the issuer. */
    @Test
    void asksNobodyForWhoeverHasNoToken() throws Exception {
        int before = issuer.redeemed.get();
        assertRefused(401, app.post("/sign/shop/app.jar", "x".repeat(4_000)));
        assertThat(issuer.redeemed).hasValue(before);
    }

    /** Spring calls the interceptor again when the answer is ready, and when it shows an error. */
    @Test
    void usesATokenOnceForAnAnswerThatComesLater() throws Exception {
        var sum = IssuerOverHttp.sha256("bytes");
        int before = issuer.redeemed.get();
        var done = app.send("GET", "/later/app.jar/" + sum, "", App.bearer(issuer.signing("app.jar", "bytes")));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).isEqualTo("done 1");
        assertThat(issuer.redeemed).hasValue(before + 1);

        var failed = app.send("GET", "/failing/app.jar/" + sum, "", App.bearer(issuer.signing("app.jar", "bytes")));
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(issuer.redeemed).hasValue(before + 2);
    }

    @Test
    void takesHeadForWhatItReallyDoes() throws Exception {
        var sum = IssuerOverHttp.sha256("bytes");
        assertThat(app.send("HEAD", "/named/app.jar/" + sum, "").statusCode()).isEqualTo(401);
        assertThat(DONE).hasValue(0);
    }

    /** What Spring would decode, cut off or join is refused before the issuer is asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/named/%61pp.jar/SUM",
                "/named/app.jar;x=1/SUM",
                "/named/%2e%2e/SUM",
                "/named/a%3bb/SUM",
                "/named/a%40b/SUM",
                "/named/a:b/SUM",
                "/named/a@b/SUM",
                "/named/a,b/SUM",
                "/named/a+../SUM",
                "/named/.../SUM",
                "/named/caf%C3%A9/SUM"
            })
    void refusesPathsThatTwoServersCouldReadDifferently(String path) throws Exception {
        int before = issuer.redeemed.get();
        var token = issuer.signing("app.jar", "bytes");
        var answer = app.send("GET", path.replace("SUM", IssuerOverHttp.sha256("bytes")), "", App.bearer(token));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(issuer.redeemed).hasValue(before);
        assertThat(DONE).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//named/app.jar/SUM", "/named//app.jar/SUM", "/NAMED/app.jar/SUM", "/named/app.jar/SUM/"})
    void findsNoMethodForOthers(String path) throws Exception {
        var token = issuer.signing("app.jar", "bytes");
        var answer = app.send("GET", path.replace("SUM", IssuerOverHttp.sha256("bytes")), "", App.bearer(token));
        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(DONE).hasValue(0);
    }

    @Test
    void readsABodyUpToItsLimit() throws Exception {
        var large = "x".repeat(1_024);
        assertThat(app.post("/sign/shop/app.jar", large, App.bearer(issuer.signing("app.jar", large)))
                        .statusCode())
                .isEqualTo(200);
        DONE.set(0);
        assertRefused(413, app.post("/sign/shop/app.jar", large + "x", App.bearer(issuer.signing("app.jar", large))));
        var empty = app.post("/sign/shop/app.jar", "", App.bearer(issuer.signing("app.jar", "")));
        assertThat(empty.statusCode()).as("a body is demanded").isEqualTo(400);
        assertThat(DONE).hasValue(0);
    }

    @Test
    void usesATokenInCode() throws Exception {
        assertRefused(401, app.post("/computed", "bytes"));
        var token = issuer.signing("app.jar", "bytes");
        assertRefused(403, app.post("/computed", "other", App.bearer(token)));
        assertThat(app.post("/computed", "bytes", App.bearer(token)).body()).isEqualTo("done 1");
        DONE.set(0);
        assertRefused(401, app.post("/computed", "bytes", App.bearer(token)));
        assertThat(app.send("GET", "/open", "").body()).isEqualTo("open");
    }

    /** Whatever a caller sends, the service is not taken for misconfigured. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a//b", "artifact:../x", "artifact:..", "é"})
    void asksNothingThatTheIssuerWouldTakeForTheServicesFault(String identifier) throws Exception {
        assertRefused(400, app.post("/asked", identifier, App.bearer(issuer.signing("app.jar", "bytes"))));
        assertRefused(401, app.post("/sign/shop/app.jar", "bytes", App.bearer("no.token")));
        assertThat(app.send("GET", "/actuator/health", "").body()).contains("\"status\":\"UP\"");
    }

    /** A service that does not know its own URL cannot tell what a proof is for. */
    @Test
    void takesNoBoundTokensWithoutItsPublicUrl() throws Exception {
        var token = issuer.signing("app.jar", "bytes");
        assertRefused(401, app.post("/sign/shop/app.jar", "bytes", "Authorization", "DPoP " + token, "DPoP", "a.b.c"));
    }

    @Test
    void showsHealthAndMetricsAndLetsNothingInDuringAnOutage() throws Exception {
        assertThat(app.post("/sign/shop/app.jar", "bytes", App.bearer(issuer.signing("app.jar", "bytes")))
                        .statusCode())
                .isEqualTo(200);
        DONE.set(0);
        assertThat(app.send("GET", "/actuator/health", "").body()).contains("\"taskbound\":{", issuer.url());
        assertThat(app.send("GET", "/actuator/metrics/taskbound.enforce?tag=reason:allowed", "")
                        .body())
                .contains("\"COUNT\"");
        var token = issuer.signing("app.jar", "bytes");
        issuer.away = true;
        try {
            var answer = app.post("/sign/shop/app.jar", "bytes", App.bearer(token));
            assertRefused(503, answer);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        } finally {
            issuer.away = false;
        }
        assertThat(app.send("GET", "/actuator/metrics/taskbound.enforce?tag=reason:unavailable", "")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Not the caller's fault, and nobody is let in until it is repaired. */
    @Test
    void saysThatItsSecretIsWrong() throws Exception {
        var wrong = Files.writeString(folder.resolve("wrong.secret"), TestIssuer.TRACKER_SECRET);
        try (var mistaken =
                App.start(Application.class, App.properties(issuer, folder, "taskbound.secret-file=" + wrong))) {
            var token = issuer.signing("app.jar", "bytes");
            assertRefused(503, mistaken.post("/sign/shop/app.jar", "bytes", App.bearer(token)));
            var health = mistaken.send("GET", "/actuator/health", "");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body())
                    .contains("the issuer refuses taskbound.server with the secret in taskbound.secret-file")
                    .doesNotContain(TestIssuer.TRACKER_SECRET);
            assertThat(app.post("/sign/shop/app.jar", "bytes", App.bearer(token))
                            .statusCode())
                    .as("not counted before")
                    .isEqualTo(200);
        }
    }

    private static void assertRefused(int status, java.net.http.HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "{").isNotBlank();
        assertThat(DONE).hasValue(0);
    }
}
