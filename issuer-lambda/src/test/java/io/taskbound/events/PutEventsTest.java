// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.CallTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Over real HTTP, with the client that the function has, against a bus that behaves well and one that does not. */
class PutEventsTest {
    private static final String ACCEPTED = "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}";
    private static final TokenEvent EVENT = new TokenEvent(
            EventKind.ENDED,
            Instant.parse("2026-12-01T10:00:00.250Z"),
            JsonObject.builder().put("jti", "a\"b").build());

    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private SdkHttpClient client;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        // As AwsHttp makes it.
        client = Apache5HttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(Duration.ofMillis(1_200))
                .build();
    }

    @AfterEach
    void stop() {
        over.countDown();
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private PutEvents answering(Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                answer.give(exchange);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        var place = new PutEvents.Place(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "eu-central-1", "ci-events");
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("made-up", "s3cret"));
        return new PutEvents(client, place, credentials, CallTimer.ofProcess());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.getBytes(UTF_8).length);
        if (!body.isEmpty()) {
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    @Test
    void signsAndSendsWhatTheOperationTakes() throws Exception {
        var bus = answering(exchange -> {
            assertThat(exchange.getRequestMethod()).isEqualTo("POST");
            assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target")).isEqualTo("AWSEvents.PutEvents");
            answer(exchange, 200, ACCEPTED);
        });

        assertThat(bus.put(List.of(EVENT))).containsExactly(Optional.empty());

        var entry = (JsonObject) StrictJson.parseObject(bodies.get(0).getBytes(UTF_8))
                .array("Entries")
                .orElseThrow()
                .items()
                .get(0);
        assertThat(entry.string("Source")).contains("taskbound");
        assertThat(entry.string("DetailType")).contains("Task Token Ended");
        assertThat(entry.string("EventBusName")).contains("ci-events");
        assertThat(entry.string("Detail")).contains("{\"jti\":\"a\\\"b\"}");
        assertThat(entry.get("Time").orElseThrow()).hasToString("1796119200.25");
        assertThat(authorizations.get(0))
                .startsWith("AWS4-HMAC-SHA256 Credential=made-up/")
                .contains("/eu-central-1/events/aws4_request")
                .doesNotContain("s3cret");
    }

    @Test
    void saysOfEachEventWhetherItWasAccepted() throws Exception {
        var bus = answering(exchange -> answer(
                exchange,
                200,
                "{\"FailedEntryCount\":3,\"Entries\":[{\"ErrorCode\":\"ThrottlingException\",\"ErrorMessage\":\"later\"},"
                        + "{\"EventId\":\"2\"},{},7,{\"ErrorCode\":\"not a \\u0007 word\"}]}"));

        assertThat(bus.put(Collections.nCopies(5, EVENT)))
                .containsExactly(
                        Optional.of("ThrottlingException"),
                        Optional.empty(),
                        Optional.of("without an id"),
                        Optional.of("without an id"),
                        Optional.of("without an id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500|{\"__type\":\"InternalException\"}|it answered 500, InternalException",
                "400|{\"__type\":\"com.amazon#AccessDeniedException\",\"message\":\"s3cret\"}"
                        + "|it answered 400, AccessDeniedException",
                "503|<html>s3cret</html>|it answered 503",
                "400|{\"__type\":\"s3cret of 7 words\"}|it answered 400",
                "204||it answered 204",
                "200|<html>s3cret</html>|its answer is not the JSON of PutEvents",
                "200|{}|its answer is about 0 events of 1",
                "200|{\"Entries\":[{\"EventId\":\"1\"},{\"EventId\":\"2\"}]}|its answer is about 2 events of 1"
            })
    void failsOnAnythingElseWithoutRepeatingIt(int status, @org.jspecify.annotations.Nullable String body, String why) {
        var bus = answering(exchange -> answer(exchange, status, body == null ? "" : body));

        assertThatThrownBy(() -> bus.put(List.of(EVENT)))
                .isInstanceOf(IOException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        server.createContext("/elsewhere", exchange -> {
            bodies.add("followed");
            answer(exchange, 200, ACCEPTED);
        });
        var bus = answering(exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");
            answer(exchange, status, "");
        });

        assertThatThrownBy(() -> bus.put(List.of(EVENT))).hasMessage("it answered " + status);
        assertThat(bodies).hasSize(1).doesNotContain("followed");
    }

    @Test
    void doesNotReadALongAnswerToItsEnd() {
        var bus = answering(exchange -> answer(exchange, 200, " ".repeat(300 * 1024)));

        assertThatThrownBy(() -> bus.put(List.of(EVENT))).hasMessageStartingWith("its answer is longer than");
    }

    @Test
    void doesNotWaitForABusThatIsSilent() {
        var bus = answering(exchange -> over.await());

        assertEndsInTime(bus);
    }

    /** Each byte comes before the client's own limit, and there is no end of them. */
    @Test
    void doesNotWaitForABusThatAnswersByteByByte() {
        var bus = answering(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            while (!over.await(100, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });

        assertEndsInTime(bus);
    }

    private static void assertEndsInTime(PutEvents bus) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> bus.put(List.of(EVENT))).isInstanceOf(IOException.class);
        // 3 s, and as much again for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void failsWhereNobodyListens() {
        var bus = answering(exchange -> answer(exchange, 200, ACCEPTED));
        server.stop(0);

        assertThatThrownBy(() -> bus.put(List.of(EVENT))).isInstanceOf(IOException.class);
    }
}
