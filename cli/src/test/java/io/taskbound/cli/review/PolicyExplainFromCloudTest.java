// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.Ran;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code policy explain --log-group}: what it asks of CloudWatch Logs, and what it makes of the answers. */
class PolicyExplainFromCloudTest {
    private static final String DECISION =
            "{\"time\":\"2026-11-24T10:00:00Z\",\"request_id\":\"R1\",\"event\":\"mint\","
                    + "\"task\":\"sign-release\",\"reason\":\"not_allowed\",\"result\":\"refused\"}";
    private static final String METRICS = "{\"_aws\":{},\"request_id\":\"R1\",\"Refused\":1}";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<JsonObject> asked = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private HttpServer logs;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        logs = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        logs.createContext("/", this::answer);
        logs.start();
    }

    @AfterEach
    void stop() {
        logs.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(StrictJson.parseObject(exchange.getRequestBody().readAllBytes()));
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .isEqualTo("Logs_20140328.FilterLogEvents");
            var answer = answers.remove();
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (MalformedJson malformed) {
            throw new IOException(malformed);
        }
    }

    private Ran explain(String id, String... more) {
        var arguments = Stream.concat(
                Stream.of(
                        "policy",
                        "explain",
                        "--request-id",
                        id,
                        "--log-group",
                        "/aws/lambda/taskbound",
                        "--region",
                        "eu-central-1",
                        "--endpoint-url",
                        "http://127.0.0.1:" + logs.getAddress().getPort()),
                Stream.of(more));
        return Ran.with(
                Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "secret"),
                "",
                arguments.toArray(String[]::new));
    }

    private static Answer page(String nextToken, String... lines) {
        var events = Stream.of(lines)
                .<JsonValue>map(
                        line -> JsonObject.builder().put("message", line).build())
                .toList();
        var page = JsonObject.builder().put("events", new JsonArray(events));
        return new Answer(
                200,
                JsonText.of(
                        nextToken.isEmpty()
                                ? page.build()
                                : page.put("nextToken", nextToken).build()));
    }

    @Test
    void findsTheDecisionAmongOtherLines() {
        answers.add(page("", "REPORT RequestId: R1", DECISION, METRICS));

        var ran = explain("R1");

        assertThat(ran.out()).contains("mint REFUSED", "not_allowed");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void asksForTheIdInTheWindowAndSignsTheQuestion() {
        answers.add(page("", DECISION));

        explain("R1", "--since", "7d");

        var request = asked.get(0);
        assertThat(request.string("logGroupName")).contains("/aws/lambda/taskbound");
        assertThat(request.string("filterPattern")).contains("\"R1\"");
        long from = request.wholeNumber("startTime").orElseThrow();
        long to = request.wholeNumber("endTime").orElseThrow();
        assertThat(Duration.ofMillis(to - from)).isEqualTo(Duration.ofDays(7));
        assertThat(Instant.ofEpochMilli(to)).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(authorizations.get(0))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDTEST/")
                .contains("/eu-central-1/logs/aws4_request");
    }

    @Test
    void readsOnWhileThereAreMorePages() {
        answers.add(page("next"));
        answers.add(page("", DECISION));

        assertThat(explain("R1").out()).contains("mint REFUSED");
        assertThat(asked.get(1).string("nextToken")).contains("next");
    }

    @Test
    void asksAgainWhenItWasThrottled() {
        answers.add(new Answer(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}"));
        answers.add(page("", DECISION));

        assertThat(explain("R1").out()).contains("mint REFUSED");
    }

    @Test
    void aLineThatOnlyMentionsTheIdIsNotTheDecision() {
        answers.add(page("", DECISION.replace("\"R1\"", "\"R10\""), METRICS, "R1"));

        var ran = explain("R1");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("no decision with this request id", "--since");
    }

    @Test
    void namesALogGroupThatIsNotThere() {
        answers.add(new Answer(400, "{\"__type\":\"com.amazonaws#ResourceNotFoundException\",\"message\":\"no\"}"));

        assertThat(explain("R1").err()).contains("There is no log group /aws/lambda/taskbound here");
    }

    @Test
    void saysWhichPermissionIsMissing() {
        answers.add(new Answer(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"User is not authorized\"}"));

        assertThat(explain("R1").err()).contains("AccessDeniedException", "logs:FilterLogEvents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0h", "24", "1w", "401d", "-1h", "99999d", ""})
    void refusesAWindowThatIsNone(String since) {
        assertThat(explain("R1", "--since", since).err()).contains("--since is not a duration");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"R1\" \"", "{ $.a = 1 }", "R1 R2", "?R1"})
    void refusesAnIdThatWouldBeAFilter(String id) {
        assertThat(explain(id).err()).contains("Not a request id");
        assertThat(asked).isEmpty();
    }

    @Test
    void takesOneLogNotTwo() {
        assertThat(explain("R1", "--audit", "audit.jsonl").err()).contains("not both");
    }
}
