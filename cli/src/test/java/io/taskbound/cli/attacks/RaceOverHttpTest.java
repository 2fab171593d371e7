// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static io.taskbound.cli.overhttp.TestPolicy.deploy;
import static io.taskbound.cli.overhttp.TestPolicy.sign;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.Answer;
import io.taskbound.cli.overhttp.Calls;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** Twenty at once, through everything that lies between them and the ledger. */
@ExtendWith(OneIssuer.class)
class RaceOverHttpTest {
    private static final int RACERS = 20;
    private static final int ROUNDS = 10;
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(RACERS);

    private final LiveIssuer issuer;

    RaceOverHttpTest(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @AfterAll
    static void stop() {
        THREADS.shutdown();
    }

    @RepeatedTest(ROUNDS)
    void oneIdTokenMakesOneTaskToken() {
        var proof = issuer.idToken();
        var answers = race(() -> issuer.exchange(proof, deploy(), UUID.randomUUID()));
        assertThat(granted(answers)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 400)).hasSize(RACERS - 1);
    }

    @RepeatedTest(ROUNDS)
    void oneInstanceThatAsksAgainGetsTheSameToken() {
        var proof = issuer.idToken();
        var instance = UUID.randomUUID();
        var answers = race(() -> issuer.exchange(proof, deploy(), instance));
        assertThat(granted(answers)).hasSize(RACERS);
        assertThat(answers.stream().map(answer -> answer.text("jti")).collect(toSet()))
                .hasSize(1);
    }

    @RepeatedTest(ROUNDS)
    void threeUsesAreThreeUses() {
        var token = issuer.mint(sign());
        var answers = race(() -> Calls.redeem(issuer.url(), token, sign(), "signer"));
        assertThat(answers.stream()
                        .filter(answer -> answer.body().bool("first_use").orElse(false)))
                .hasSize(3);
        assertThat(answers.stream()
                        .filter(answer -> answer.body().string("reason").equals(Optional.of("spent"))))
                .hasSize(RACERS - 3);
    }

    private static List<Answer> granted(List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() == 200).toList();
    }

    private static List<Answer> race(Callable<Answer> racer) {
        try {
            return THREADS
                    .invokeAll(IntStream.range(0, RACERS).mapToObj(any -> racer).toList())
                    .stream()
                    .map(RaceOverHttpTest::result)
                    .toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static Answer result(Future<Answer> done) {
        try {
            return done.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
