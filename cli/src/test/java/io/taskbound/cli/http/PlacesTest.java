// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private CompletableFuture<String> occupied(Places places) throws InterruptedException {
        var first = begun(() -> work(places, () -> {
            begun.countDown();
            await(mayEnd);
        }));
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    /** On a thread of its own: the common pool of a machine with two cores has only one on a newer JDK. */
    private static CompletableFuture<String> begun(Supplier<String> work) {
        return CompletableFuture.supplyAsync(work, command -> {
            var thread = new Thread(command);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static String work(Places places, Runnable work) {
        try {
            return places.work(
                    () -> {
                        work.run();
                        return "done";
                    },
                    () -> "busy");
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void whoWaitsTooLongIsTurnedAway() throws Exception {
        var places = new Places(1, 1, Duration.ofMillis(20));
        var first = occupied(places);
        assertThat(work(places, () -> {})).isEqualTo("busy");
        assertThat(places.taken()).isEqualTo(1);
        mayEnd.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(work(places, () -> {})).isEqualTo("done");
        assertThat(places.taken()).isZero();
        assertThat(places.waiting()).isZero();
    }

    @Test
    void whoWouldBeOneTooManyIsTurnedAwayAtOnce() throws Exception {
        var places = new Places(1, 0, LONG);
        var first = occupied(places);
        assertThat(work(places, () -> {})).isEqualTo("busy");
        mayEnd.countDown();
        first.get(60, TimeUnit.SECONDS);
    }

    @Test
    void whoWaitsHasHisTurn() throws Exception {
        var places = new Places(1, 1, LONG);
        var first = occupied(places);
        var second = begun(() -> work(places, () -> {}));
        while (places.waiting() == 0) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        first.get(60, TimeUnit.SECONDS);
    }

    @Test
    void whatBreaksLeavesItsPlace() throws Exception {
        var places = new Places(1, 0, LONG);
        assertThatThrownBy(() -> work(places, () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(work(places, () -> {})).isEqualTo("done");
    }
}
