// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.run.WrappedRun.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer that goes away or answers nonsense: a clear line, the command's own code, and no stray token. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
class RunBrokenIssuerIT {
    private static final String WAIT = "echo x > started; while [ ! -e go ]; do sleep 0.1; done; exit 5";

    @TempDir
    private Path folder;

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch signalled = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Setting setting() {
        var issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        return new Setting(
                issuer,
                folder,
                Map.of("TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience(issuer)),
                List.of("--task", "deploy", "--identifier", "env:production"));
    }

    private void answering(int status, String type, String body) {
        server.createContext("/", exchange -> answer(exchange, status, type, body));
    }

    private void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            calls.add(exchange.getRequestURI()
                    + (form.contains("handle=*") || form.contains("handle=%2A") ? " all" : ""));
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/html | <html>CANARY</html>",
                "500 | text/plain | CANARY",
                "200 | application/json | {\"access_token\":\"CANARY\\nCANARY\",\"token_type\":\"Bearer\"}"
            })
    void anAnswerThatIsNoneRunsNothingAndClosesWhatMayHaveBeenMade(int status, String type, String body)
            throws Exception {
        answering(status, type, body);
        try (var run = setting().sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("no answer from ")
                    .contains("the command was not run")
                    .doesNotContain("CANARY");
            assertThat(calls).startsWith("/token").contains("/revoke all");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({"302, text/html, <html>CANARY</html>", "403, text/html, <html>CANARY</html>"})
    void anAnswerOfWhoeverDidNotActClosesNothing(int status, String type, String body) throws Exception {
        answering(status, type, body);
        try (var run = setting().sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err()).contains("the command was not run").doesNotContain("CANARY", "may have been granted");
            assertThat(calls).containsExactly("/token");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void aLostAnswerIsNotForgottenWhenTheLastTryMeetsABusyIssuer() throws Exception {
        var tries = new AtomicInteger();
        server.createContext("/token", exchange -> {
            if (tries.getAndIncrement() == 0) {
                calls.add("/token lost");
                exchange.close();
            } else {
                answer(exchange, 503, "text/plain", "");
            }
        });
        server.createContext("/revoke", exchange -> answer(exchange, 200, "application/json", "{}"));
        try (var run = setting().sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(calls).containsExactly("/token lost", "/token", "/token", "/token", "/revoke all");
            assertThat(run.err()).contains("every token of this job was closed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--dry-run"})
    void anIdTokenForSomebodyElseIsNotSentToWhateverIssuerIsNamed(String option) throws Exception {
        answering(200, "application/json", "{}");
        var redirected = setting().having("TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience("https://tokens.acme.example"));
        try (var run = (option.isEmpty() ? redirected : redirected.with(option)).sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the ID token was not sent to http://127.0.0.1:")
                    .contains("the ID token is for \"https://tokens.acme.example\"")
                    .doesNotContain("may have been granted");
            assertThat(calls).isEmpty();
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void aTokenThatIsAnotherThanItsHandleSaysIsNotUsedAndNotShown() throws Exception {
        var token = UnsignedJwt.of("{\"jti\":\"R.Q\"}");
        server.createContext("/token", exchange -> grant(exchange, token));
        server.createContext("/revoke", exchange -> answer(exchange, 200, "application/json", "{}"));
        try (var run = setting().sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the address answered 200 without a whole grant")
                    .contains("every token of this job was closed")
                    .doesNotContain(token);
            assertThat(calls).containsExactly("/token", "/revoke all");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void aGrantThatADryRunDidNotAskForIsClosed() throws Exception {
        server.createContext("/", this::grantWhateverIsAsked);
        try (var run = setting().with("--dry-run").sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the issuer does not support dry runs")
                    .contains("closed by step end");
            assertThat(calls).containsExactly("/token", "/revoke");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    private void grantWhateverIsAsked(HttpExchange exchange) throws IOException {
        grant(exchange, UnsignedJwt.of("{\"jti\":\"R.P\"}"));
    }

    private void grant(HttpExchange exchange, String token) throws IOException {
        try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            calls.add(exchange.getRequestURI().toString());
            var txn = form.replaceFirst("(?s).*\\btxn=([0-9a-f-]{36}).*", "$1");
            var body = """
                {"access_token":"%s","token_type":"Bearer","expires_in":600,"jti":"R.P","txn":"%s",
                 "issued_token_type":"urn:ietf:params:oauth:token-type:access_token","authorization_details":[{"type":"task",
                 "task":"deploy","actions":["deploy"],"locations":["https://d.example"],"identifier":"env:production"}]}
                """.formatted(token, txn).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void aConnectionThatBreaksIsTriedAgainAndThenClosesWhatMayHaveBeenMade() throws Exception {
        server.createContext("/", exchange -> {
            calls.add(exchange.getRequestURI().toString());
            exchange.close();
        });
        try (var run = setting().sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(calls).containsSequence("/token", "/token", "/token", "/token", "/revoke");
            assertThat(run.err())
                    .contains("after 4 tries: no whole answer")
                    .contains("could not be closed; nobody holds it");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void aSignalEndsTheWaitForAnIssuerThatHangsAndClosesWhatItMayStillGrant() throws Exception {
        var asked = folder.resolve("asked");
        server.createContext("/token", exchange -> Files.writeString(asked, "x\n"));
        server.createContext("/revoke", exchange -> answer(exchange, 200, "application/json", "{}"));
        try (var run = setting().sh("touch ran")) {
            run.awaitFile("asked");
            run.signal("TERM");
            signalled.countDown();
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err())
                    .contains("stopped before the issuer answered")
                    .contains("every token of this job was closed");
            assertThat(calls).containsExactly("/revoke all");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void anAnswerThatIsNoneAfterASignalClosesWhatMayHaveBeenMade() throws Exception {
        try (var run = stoppedWhileAsking("CANARY")) {
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err()).contains("every token of this job was closed").doesNotContain("CANARY");
            assertThat(calls).containsExactly("/token", "/revoke all");
        }
    }

    @Test
    void aGrantThatComesAfterASignalRunsNothingAndIsClosed() throws Exception {
        var asked = folder.resolve("asked");
        server.createContext("/", exchange -> {
            Files.writeString(asked, "x\n");
            pause();
            grantWhateverIsAsked(exchange);
        });
        try (var run = setting().sh("touch ran")) {
            run.awaitFile("asked");
            run.signal("TERM");
            signalled.countDown();
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err()).contains("closed by cancel, lived ");
            assertThat(calls).containsExactly("/token", "/revoke");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void aSignalWhileWhatMayHaveBeenMadeIsClosedLetsThatEnd() throws Exception {
        var closing = folder.resolve("closing");
        server.createContext("/token", exchange -> answer(exchange, 200, "text/plain", "x"));
        server.createContext("/revoke", exchange -> {
            Files.writeString(closing, "x\n");
            pause();
            answer(exchange, 200, "application/json", "{}");
        });
        try (var run = setting().sh("touch ran")) {
            run.awaitFile("closing");
            run.signal("TERM");
            signalled.countDown();
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err()).contains("every token of this job was closed");
        }
    }

    /** The signal is on its way when the issuer answers. */
    private WrappedRun stoppedWhileAsking(String body) throws Exception {
        var asked = folder.resolve("asked");
        server.createContext("/token", exchange -> {
            Files.writeString(asked, "x\n");
            pause();
            answer(exchange, 200, "text/plain", body);
        });
        server.createContext("/revoke", exchange -> answer(exchange, 200, "application/json", "{}"));
        var run = setting().sh("touch ran");
        run.awaitFile("asked");
        run.signal("TERM");
        signalled.countDown();
        return run;
    }

    private void pause() {
        try {
            // It is sent, and then a moment to arrive.
            var unused = signalled.await(60, TimeUnit.SECONDS);
            Thread.sleep(1000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anIssuerThatIsGoneAtTheEndDoesNotChangeTheCode() throws Exception {
        try (var issuer = LiveIssuer.start();
                var run = Setting.of(issuer, folder).sh(WAIT)) {
            run.awaitFile("started");
            issuer.close();
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isEqualTo(5);
            assertThat(run.err())
                    .contains("taskbound: could not be closed (no connection to ")
                    .contains("a copy of it could be used until ");
        }
    }
}
