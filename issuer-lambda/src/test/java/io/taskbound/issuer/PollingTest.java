// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PollingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private final List<Instant> looks = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Polling every = new Polling(PERIOD, Optional.empty(), told::add);

    @Test
    void looksAtTheFirstVisit() {
        every.comeBy(NOW, looks::add);
        assertThat(looks).containsExactly(NOW);
    }

    @Test
    void doesNotLookAgainBeforeThePeriodIsOver() {
        every.comeBy(NOW, looks::add);
        every.comeBy(NOW.plus(PERIOD).minusMillis(1), looks::add);
        assertThat(looks).hasSize(1);
    }

    @Test
    void looksAgainAtTheVeryEndOfThePeriod() {
        every.comeBy(NOW, looks::add);
        every.comeBy(NOW.plus(PERIOD), looks::add);
        assertThat(looks).hasSize(2);
    }

    @Test
    void doesNotLookAtOnceWhenItWasJustLooked() {
        new Polling(PERIOD, Optional.of(NOW), line -> {}).comeBy(NOW.plusSeconds(29), looks::add);
        assertThat(looks).isEmpty();
    }

    @Test
    void isNotPutOffByARequestThatBeganALittleEarlier() {
        every.comeBy(NOW, looks::add);
        every.comeBy(NOW.minusSeconds(2), looks::add);
        assertThat(looks).hasSize(1);
    }

    @Test
    void looksAgainWhenTheClockWasSetFarBack() {
        every.comeBy(NOW, looks::add);
        every.comeBy(NOW.minus(Duration.ofHours(5)), looks::add);
        assertThat(looks).hasSize(2);
    }

    @Test
    void keepsAFaultFromWhoeverComesByAndLooksAgainAfterThePeriod() {
        Consumer<Instant> failing = now -> {
            looks.add(now);
            throw new IllegalStateException("for the test");
        };
        assertThatCode(() -> every.comeBy(NOW, failing)).doesNotThrowAnyException();
        every.comeBy(NOW.plusSeconds(1), failing);
        every.comeBy(NOW.plus(PERIOD), failing);
        assertThat(looks).containsExactly(NOW, NOW.plus(PERIOD));
        assertThat(told).hasSize(2).allMatch(line -> line.endsWith("IllegalStateException"));
    }

    @Test
    void letsOthersPassWhileOneLooks() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Consumer<Instant> slow = now -> {
            looks.add(now);
            begun.countDown();
            await(goOn);
        };
        var first = CompletableFuture.runAsync(() -> every.comeBy(NOW, slow));
        await(begun);
        every.comeBy(NOW.plus(PERIOD.multipliedBy(2)), slow);
        assertThat(looks).hasSize(1);
        goOn.countDown();
        first.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
