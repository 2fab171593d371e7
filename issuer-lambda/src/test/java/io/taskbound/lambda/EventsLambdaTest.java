// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.events.Delivery;
import io.taskbound.events.Undeliverable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The function that publishes events, over real HTTP to a bus that fails: every event arrives, what was taken is not
 * sent again in the same invocation, and a failed invocation says so, for Lambda to repeat it.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class EventsLambdaTest {
    private static final Map<String, String> OURS = Map.of("aws.accessKeyId", "local", "aws.secretAccessKey", "s3cret");
    private static final byte[] DELIVERY =
            Delivery.of(IntStream.range(0, 12).mapToObj(EventsLambdaTest::line).toList());

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    /** How the bus answers next; when there is none, it takes everything. */
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    /** The tokens that each request was about. */
    private final List<List<String>> asked = Collections.synchronizedList(new ArrayList<>());

    private HttpServer bus;
    private EventsLambda function;

    @FunctionalInterface
    private interface Answer {
        void give(HttpExchange exchange, List<String> tokens) throws IOException, InterruptedException;
    }

    private static String line(int number) {
        return JsonText.of(JsonObject.builder()
                .put("time", "2026-12-01T10:00:00Z")
                .put("request_id", "R" + number)
                .put("event", "ended")
                .put("jti", "t" + number)
                .put("result", "ended")
                .build());
    }

    @BeforeEach
    void start() throws IOException {
        OURS.forEach(System::setProperty);
        bus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bus.setExecutor(threads);
        bus.createContext("/", this::take);
        bus.start();
        function = EventsLambda.of(EventsSettings.read(Map.of(
                "TASKBOUND_ISSUER_URL",
                "https://tokens.acme.example",
                EventsSettings.BUS,
                "ci",
                EventsSettings.ENDPOINT,
                address(),
                "AWS_REGION",
                "eu-central-1")));
    }

    @AfterEach
    void stop() {
        over.countDown();
        bus.stop(0);
        threads.shutdownNow();
        OURS.keySet().forEach(System::clearProperty);
    }

    private String address() {
        return "http://127.0.0.1:" + bus.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request =
                    DeployedStack.parsed(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            var tokens = request.array("Entries").map(JsonArray::items).orElseThrow().stream()
                    .map(entry -> ((JsonObject) entry).string("Detail").orElseThrow())
                    .map(detail -> DeployedStack.parsed(detail).string("jti").orElseThrow())
                    .toList();
            asked.add(tokens);
            var next = answers.poll();
            if (next == null) {
                takesAllBut().give(exchange, tokens);
            } else {
                next.give(exchange, tokens);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer takesAllBut(String... refused) {
        return (exchange, tokens) -> {
            var results = tokens.stream()
                    .map(token -> List.of(refused).contains(token)
                            ? "{\"ErrorCode\":\"ThrottlingException\",\"ErrorMessage\":\"later\"}"
                            : "{\"EventId\":\"id\"}")
                    .toList();
            send(exchange, 200, "{\"Entries\":[" + String.join(",", results) + "]}");
        };
    }

    private Answer answers(int status) {
        return (exchange, tokens) -> {
            exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
            send(exchange, status, "{\"__type\":\"InternalFailure\"}");
        };
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }

    private String invoke() throws IOException {
        var answer = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(DELIVERY), answer, new StandInContext());
        return answer.toString(UTF_8);
    }

    private static List<String> tokens(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "t" + number).toList();
    }

    @Test
    void sendsAgainOnlyWhatTheBusDidNotTake() throws Exception {
        answers.add(takesAllBut("t3", "t7"));
        answers.add(takesAllBut("t7"));

        assertThat(invoke()).isEqualTo("{\"result\":\"published\",\"events\":12}");
        assertThat(asked).containsExactly(tokens(0, 10), List.of("t3", "t7"), List.of("t7"), tokens(10, 12));
    }

    /** A redirect is not followed, since the request is signed for one bus. */
    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 302, 307})
    void asksABusAgainThatFailsTwice(int status) throws Exception {
        answers.add(answers(status));
        answers.add(answers(status));

        assertThat(invoke()).contains("\"events\":12");
        assertThat(asked).containsExactly(tokens(0, 10), tokens(0, 10), tokens(0, 10), tokens(10, 12));
    }

    @Test
    void asksABusAgainThatHangs() throws Exception {
        answers.add((exchange, tokens) -> over.await());
        long begun = System.nanoTime();

        assertThat(invoke()).contains("\"events\":12");
        assertThat(asked).containsExactly(tokens(0, 10), tokens(0, 10), tokens(10, 12));
        // 3 s, and much more for a busy machine; Lambda gives the function 60 s.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    /** As Lambda does it; what the first invocation could not say, the second one says. */
    @Test
    void aFailedInvocationCanBeRepeatedUntilTheBusIsBack() throws Exception {
        IntStream.range(0, 3).forEach(attempt -> answers.add(answers(500)));

        assertThatThrownBy(this::invoke)
                .isInstanceOf(Undeliverable.class)
                .hasMessage("the event bus is out of reach: it answered 500, InternalFailure");
        assertThat(asked).containsExactly(tokens(0, 10), tokens(0, 10), tokens(0, 10));
        asked.clear();
        assertThat(invoke()).contains("\"events\":12");
        assertThat(asked).containsExactly(tokens(0, 10), tokens(10, 12));
    }

    /** One event that no attempt gets through does not keep the others back. */
    @Test
    void whatIsRefusedEachTimeFailsTheInvocationAfterTheOthers() {
        IntStream.range(0, 3).forEach(attempt -> answers.add(takesAllBut("t3")));

        assertThatThrownBy(this::invoke).hasMessage("1 of 12 events were not accepted: [ThrottlingException]");
        assertThat(asked).containsExactly(tokens(0, 10), List.of("t3"), List.of("t3"), tokens(10, 12));
    }
}
