// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
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
        var script = new ScriptedTransport(clock, Vectors.objects(vector.get("turns")));
        var calls = new Calls(Calls.ISSUER, script, clock, clock, () -> 0.5);
        Reply reply = calls.send(
                URI.create("https://tokens.acme.example/token"),
                Map.of(),
                "a=b".getBytes(StandardCharsets.US_ASCII),
                patience(vector));

        assertThat(clock.pauses().stream().map(Duration::toMillis))
                .containsExactlyElementsOf(Vectors.numbers(vector.get("pauses_ms")));
        assertThat(script.timeouts()).containsExactlyElementsOf(Vectors.numbers(vector.get("timeouts_ms")));
        assertThat(script.turnsLeft()).isZero();
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
                .transport(new ScriptedTransport(clock, Vectors.objects(vector.get("turns"))))
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
}
