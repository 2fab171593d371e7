// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetryVectorsTest {
    private static final Vectors FILE = Vectors.read("retry.json");

    static Stream<Arguments> cases() {
        return FILE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void triesAgainAsTheVectorSays(Map<String, Object> vector) {
        var clock = new TestClock();
        assertThat(clock.instant()).isEqualTo(FILE.text("start"));
        var script = new Script(clock, Vectors.objects(vector.get("turns")));
        var calls = new Calls(Calls.ISSUER, script, clock, clock, () -> 0.5);
        Reply reply = calls.send(
                URI.create("https://tokens.acme.example/token"),
                Map.of(),
                "a=b".getBytes(StandardCharsets.US_ASCII),
                patience(vector));

        assertThat(clock.pauses().stream().map(Duration::toMillis))
                .containsExactlyElementsOf(Vectors.numbers(vector.get("pauses_ms")));
        assertThat(script.timeouts).containsExactlyElementsOf(Vectors.numbers(vector.get("timeouts_ms")));
        assertThat(script.turns).as("turns left").isEmpty();
        assertThat(end(reply)).isEqualTo(vector.get("end"));
        if (reply instanceof Reply.Received received) {
            assertThat(received.lostOne()).isEqualTo(vector.get("lost_one"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhetherTheIssuerMayHaveGrantedAToken(Map<String, Object> vector) {
        var clock = new TestClock();
        IssuerClient client = IssuerClient.builder(IssuerUrl.of("https://tokens.acme.example"))
                .transport(new Script(clock, Vectors.objects(vector.get("turns"))))
                .clock(clock)
                .sleeper(clock)
                .jitter(() -> 0.5)
                .patience(patience(vector))
                .build();

        assertThat(client.mint(Samples.idToken(), Samples.request()).mayHaveLeftAToken())
                .isEqualTo(vector.get("may_have_acted"));
    }

    @Test
    void leavesTimeForATryThoughTheDeadlinePassesBetweenTwoLooksAtTheClock() {
        Duration[] passed = {Duration.ZERO, Duration.ZERO};
        InstantSource ticking = () -> {
            passed[0] = passed[0].plus(passed[1]);
            return TestClock.START.plus(passed[0]);
        };
        Sleeper untilJustBeforeTheDeadline = pause -> {
            passed[0] = Duration.ofMillis(998);
            passed[1] = Duration.ofMillis(1);
        };
        var timeouts = new ArrayList<Duration>();
        Transport busy = request -> {
            timeouts.add(request.timeout());
            return new TransportAnswer(503, Map.of(), new byte[0]);
        };

        new Calls(Calls.ISSUER, busy, ticking.withZone(ZoneOffset.UTC), untilJustBeforeTheDeadline, () -> 0.5)
                .send(
                        URI.create("https://tokens.acme.example/token"),
                        Map.of(),
                        "a=b".getBytes(StandardCharsets.US_ASCII),
                        new Patience(
                                2,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(500),
                                Duration.ofMillis(500)));

        assertThat(timeouts)
                .hasSize(2)
                .allSatisfy(timeout -> assertThat(timeout).isGreaterThanOrEqualTo(Duration.ofMillis(1)));
    }

    private static String end(Reply reply) {
        return reply instanceof Reply.Received received
                ? "status " + received.status()
                : ((Reply.None) reply).outage().kind().name();
    }

    private static Patience patience(Map<String, Object> vector) {
        Map<String, Object> own = Vectors.object(vector.getOrDefault("patience", FILE.object("patience")));
        return new Patience(
                ((Long) own.get("attempts")).intValue(),
                millis(own, "deadline_ms"),
                millis(own, "try_timeout_ms"),
                millis(own, "first_pause_ms"),
                millis(own, "longest_pause_ms"));
    }

    private static Duration millis(Map<String, Object> holder, String name) {
        return Duration.ofMillis((Long) holder.getOrDefault(name, 0L));
    }

    /** Plays the turns of one vector. */
    private static final class Script implements Transport {
        private final TestClock clock;
        private final Queue<Map<String, Object>> turns;
        private final List<Long> timeouts = new ArrayList<>();

        Script(TestClock clock, List<Map<String, Object>> turns) {
            this.clock = clock;
            this.turns = new ArrayDeque<>(turns);
        }

        @Override
        public TransportAnswer send(TransportRequest request) throws IOException {
            timeouts.add(request.timeout().toMillis());
            Map<String, Object> turn = turns.remove();
            clock.advance(millis(turn, "took_ms"));
            return turn.containsKey("fault") ? fail((String) turn.get("fault"), request) : answer(turn);
        }

        private static TransportAnswer answer(Map<String, Object> turn) {
            var headers = new HashMap<String, String>();
            if (turn.get("retry_after") instanceof String text) {
                headers.put("retry-after", text);
            }
            return new TransportAnswer(((Long) turn.get("status")).intValue(), headers, body(turn));
        }

        private static byte[] body(Map<String, Object> turn) {
            return ((String) turn.getOrDefault("body", "")).getBytes(StandardCharsets.UTF_8);
        }

        private static TransportAnswer fail(String fault, TransportRequest request) throws IOException {
            throw switch (fault) {
                case "refused" -> new ConnectException("refused");
                case "proxy_login" -> new ProxyLoginException();
                case "lost" -> new IOException("connection reset");
                case "tls" -> new SSLHandshakeException("no path to a trusted root");
                case "large" -> new AnswerTooLargeException(request.maxAnswerBytes());
                default -> throw new IllegalArgumentException(fault);
            };
        }
    }
}
