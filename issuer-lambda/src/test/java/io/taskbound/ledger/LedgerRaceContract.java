// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.jtiOf;
import static io.taskbound.ledger.SampleTokens.sample;
import static io.taskbound.ledger.SampleTokens.token;
import static io.taskbound.ledger.SampleTokens.withUses;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once: what must be granted once is granted once, and what is closed stays closed. */
@Timeout(600)
abstract class LedgerRaceContract {
    private static final int THREADS = 20;
    private static final Instant LATER = NOW.plusSeconds(1);
    private ExecutorService threads;

    abstract Ledger ledger();

    abstract int rounds();

    @BeforeEach
    void startThreads() {
        threads = Executors.newFixedThreadPool(THREADS);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdown();
    }

    private <T> List<T> atOnce(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        var answers = new ArrayList<T>();
        for (Future<T> answer : threads.invokeAll(tasks)) {
            answers.add(answer.get());
        }
        return answers;
    }

    @Test
    void threeUsesAllowThreeOfTwenty() throws Exception {
        Callable<TokenRecord> mint = this::mintedWithThreeUses;
        var prepared = atOnce(Collections.nCopies(rounds(), mint));
        for (var token : prepared) {
            var uses = IntStream.range(0, THREADS)
                    .<Callable<Redemption>>mapToObj(i -> () -> ledger().redeem(token, 0, "sign", "key-" + i, LATER))
                    .toList();

            assertThat(atOnce(uses))
                    .filteredOn(Redemption.First.class::isInstance)
                    .hasSize(3);
        }
        assertThat(ledger().find(prepared.get(0).jti()).orElseThrow().uses().remembered())
                .hasSize(3);
    }

    private TokenRecord mintedWithThreeUses() {
        var token = withUses(3, 1);
        ledger().mint(token);
        return token;
    }

    @Test
    void oneProofGivesOneTokenToOneOfTwenty() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            var jti = jti();
            var mints = IntStream.range(0, THREADS)
                    .<Callable<Minted>>mapToObj(i -> () ->
                            ledger().mint(sample(jti).withTxn("client-" + i).record()))
                    .toList();

            assertThat(atOnce(mints))
                    .filteredOn(Minted.Recorded.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void nothingIsAliveAfterARunIsClosedHoweverItsMintsRace() throws Exception {
        var causes = new EnumMap<Cause, Integer>(Cause.class);
        for (int round = 0; round < rounds(); round++) {
            var first = token();
            var run = first.jti().run();
            var second = sample(jtiOf(run)).record();
            atOnce(List.<Callable<Boolean>>of(
                    () -> mintAsTheIssuerDoes(first), () -> closeRun(run), () -> mintAsTheIssuerDoes(second)));

            for (var token : List.of(first, second)) {
                var after = ledger().lookUp(token.jti()).record().orElseThrow();
                assertThat(after.livenessAt(LATER)).isEqualTo(Liveness.CLOSED);
                causes.merge(after.life().end().orElseThrow().cause(), 1, Integer::sum);
            }
        }
        // Both sides must have won somewhere, or nothing raced.
        assertThat(causes).containsKeys(Cause.RUN, Cause.RUN_CLOSED);
    }

    /** Write, then read what stands against it, then withdraw if anything does. */
    private boolean mintAsTheIssuerDoes(TokenRecord token) {
        ledger().mint(token);
        boolean shut = ledger().blocks(token.jti().run()).isClosed(token);
        if (shut) {
            ledger().close(token.jti(), closure(LATER, Cause.RUN_CLOSED));
        }
        return !shut;
    }

    private boolean closeRun(String run) {
        ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER);
        return true;
    }

    @Test
    void oneOfTwentyClosesAToken() throws Exception {
        for (int round = 0; round < rounds() / 4; round++) {
            var token = token();
            ledger().mint(token);
            Callable<Optional<TokenRecord>> close = () -> ledger().close(token.jti(), closure(LATER, Cause.HOLDER));

            assertThat(atOnce(Collections.nCopies(THREADS, close)))
                    .filteredOn(Optional::isPresent)
                    .hasSize(1);
        }
    }
}
