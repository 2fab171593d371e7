// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallTimerTest {
    private final ScheduledThreadPoolExecutor timer = CallTimer.start();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void endsACallThatTakesTooLong() throws InterruptedException {
        var ended = new CountDownLatch(2);
        timer.schedule(ended::countDown, 1, TimeUnit.MILLISECONDS);
        timer.schedule(ended::countDown, 700, TimeUnit.MILLISECONDS);

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** The thread waits for the head of the queue, and is woken when the head is another. */
    @Test
    void isNotWokenByATimeOut() throws InterruptedException {
        while (timer.getQueue().isEmpty()) {
            Thread.sleep(1);
        }
        var timeOut = timer.schedule(() -> {}, 1, TimeUnit.SECONDS);

        assertThat(timer.getQueue()).hasSize(2);
        assertThat(timer.getQueue().peek()).isNotSameAs(timeOut);
    }

    @Test
    void forgetsACallThatHasEnded() {
        var timeOut = timer.schedule(() -> {}, 1, TimeUnit.HOURS);
        timeOut.cancel(false);

        assertThat(timer.getQueue().contains(timeOut)).isFalse();
    }

    @Test
    void keepsNoProcessAlive() {
        assertThat(timer.getThreadFactory().newThread(() -> {}).isDaemon()).isTrue();
    }

    @Test
    void isOneForAllClients() {
        assertThat(CallTimer.ofProcess()).isSameAs(CallTimer.ofProcess());
    }
}
