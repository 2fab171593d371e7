// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GithubIdTokenTest {
    private static final String BEARER = "CANARY-BEARER";
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer endpoint;
    private int failures;
    private int status = 200;
    private String body = "{\"count\":1,\"value\":\"a.b.c\"}";

    @BeforeEach
    void start() throws Exception {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                int code = requests.size() <= failures ? 503 : status;
                exchange.sendResponseHeaders(code, body.length());
                exchange.getResponseBody().write(body.getBytes(UTF_8));
            }
        });
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void asksForTheAudienceWithTheJobsBearer() throws Exception {
        var token = fetch("https://tokens.acme.example/a b&c");
        assertThat(token).hasToString("IdToken[secret]");
        assertThat(requests)
                .containsExactly(
                        "/id?api-version=2.0&audience=https%3A%2F%2Ftokens.acme.example%2Fa+b%26c Bearer " + BEARER);
    }

    @Test
    void triesAgainWhenTheEndpointIsBusy() throws Exception {
        failures = 1;
        fetch("x");
        assertThat(requests).hasSize(2);
    }

    @Test
    void saysWhatTheLastAnswerWas() {
        status = 403;
        assertThatThrownBy(() -> fetch("x")).hasMessageContaining("it answered 403");
        assertThat(requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>CANARY</html>", "{\"value\":\"CANARY CANARY\"}"})
    void refusesAnAnswerWithoutAnIdTokenAndDoesNotShowIt(String answer) {
        body = answer;
        assertThatThrownBy(() -> fetch("x"))
                .isInstanceOf(Complaint.class)
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThatThrownBy(() -> fetch("http://127.0.0.1:9", "x")).hasMessageContaining("no connection to 127.0.0.1:9");
    }

    @ParameterizedTest
    @CsvSource({"no url,x", "http://127.0.0.1/,'two\nlines'"})
    void neverShowsABearerThatIsNone(String url, String bearer) {
        var context = context(
                Map.of("ACTIONS_ID_TOKEN_REQUEST_URL", url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "CANARY" + bearer));
        var source = GithubIdToken.of(context, EnvironmentProxies.of(context)).orElseThrow();
        assertThatThrownBy(() -> source.fetch("x"))
                .isInstanceOf(Complaint.class)
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
    }

    @Test
    void isNotThereWithoutBothVariables() {
        for (var name : List.of("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN")) {
            assertThat(GithubIdToken.of(context(Map.of(name, "x")), EnvironmentProxies.of(context(Map.of()))))
                    .isEmpty();
        }
    }

    private IdToken fetch(String audience) throws Complaint {
        return fetch("http://127.0.0.1:" + endpoint.getAddress().getPort(), audience);
    }

    private static IdToken fetch(String origin, String audience) throws Complaint {
        var environment = Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                origin + "/id?api-version=2.0",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                BEARER);
        return GithubIdToken.of(context(environment), EnvironmentProxies.of(context(Map.of())))
                .orElseThrow()
                .fetch(audience);
    }

    private static CommandContext context(Map<String, String> environment) {
        return new CommandContext(
                System.out, System.err, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
    }
}
