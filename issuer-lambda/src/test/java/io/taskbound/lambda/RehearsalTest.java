// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rehearsal goes as it should, which it says itself, and nothing of it goes on after it. */
class RehearsalTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Each answer is compared with the one that it should be; in nine rounds there are all kinds of requests. */
    @ParameterizedTest
    @CsvSource({"KMS, true, true", "SEALED, false, true", "KMS, false, false"})
    void playsAllThatAFunctionAnswers(SignerKind signer, boolean published, boolean metered) {
        assertThat(requests(signer, published, metered)).isGreaterThan(9 * 8);
    }

    /** As many as were played in five seconds, or in as long as a busy machine takes. */
    private static int requests(SignerKind signer, boolean published, boolean metered) {
        int requests = 0;
        for (int seconds = 5; requests <= 9 * 8 && seconds <= 80; seconds *= 2) {
            var plan = new RehearsalPlan(signer, published, metered, Duration.ofSeconds(seconds));
            requests = Rehearsal.play(plan, Clock.systemUTC(), IssuerLambda::toWarmUp)
                    .requests();
        }
        return requests;
    }

    @Test
    void doesWithoutASocketWhereNoneIsToBeHad() {
        var report = Rehearsal.play(plan(SHORT), Clock.systemUTC(), IssuerLambda::toWarmUp, kind -> {
            throw new BindException("none left");
        });

        assertThat(report.requests()).isPositive();
    }

    @Test
    void leavesNoThreadAndNoSocket() {
        var sockets = new ArrayList<ServerSocket>();
        var names = new ArrayList<String>();

        Rehearsal.play(plan(SHORT), Clock.systemUTC(), IssuerLambda::toWarmUp, kind -> {
            var socket = kind.createServerSocket(0, 8, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            names.add("rehearsal-" + socket.getLocalPort());
            return socket;
        });

        assertThat(sockets).hasSize(2).allMatch(ServerSocket::isClosed);
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> names.contains(thread.getName()));
    }

    @Test
    void endsWhenItsTimeIsOver() {
        var report = Rehearsal.play(plan(Duration.ofMillis(1)), Clock.systemUTC(), IssuerLambda::toWarmUp);

        assertThat(report.quiet()).isFalse();
        assertThat(report.took()).isLessThan(Duration.ofSeconds(30));
        assertThat(report.toString()).contains("still busy").contains(report.requests() + " requests");
    }

    @Test
    void failsWhenAnAnswerIsNotTheOneThatItShouldBe() {
        assertThatThrownBy(() -> Rehearsal.play(plan(SHORT), Clock.systemUTC(), wiring -> {
                    var function = IssuerLambda.toWarmUp(wiring);
                    return new WarmUp.Warmed(
                            (event, answer, id) -> answer.write("{\"statusCode\":500}".getBytes(UTF_8)),
                            function.drop());
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("500");
    }

    private static RehearsalPlan plan(Duration atMost) {
        return new RehearsalPlan(SignerKind.KMS, true, true, atMost);
    }
}
