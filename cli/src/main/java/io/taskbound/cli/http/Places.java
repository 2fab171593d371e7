// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Work that only so many threads do at once; others wait in the order of their arrival, but not too many of them. */
public final class Places {
    private final Semaphore free;
    private final int most;
    private final int mostWaiting;
    private final Duration longest;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param most at work at once
     * @param mostWaiting more are turned away as they come
     * @param longest who has waited for so long is turned away
     */
    public Places(int most, int mostWaiting, Duration longest) {
        this.free = new Semaphore(most, true);
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.longest = longest;
    }

    /**
     * Does the work in a place of its own.
     *
     * @param whenBusy quickly, for who is turned away
     * @throws InterruptedException while waiting
     */
    public <T> T work(Supplier<T> work, Supplier<T> whenBusy) throws InterruptedException {
        if (!free.tryAcquire() && !waited()) {
            return whenBusy.get();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    /** Takes a place after those who came before; false when too many wait, at once, or it took too long. */
    private boolean waited() throws InterruptedException {
        try {
            return waiting.incrementAndGet() <= mostWaiting && free.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** How many wait at this moment. */
    public int waiting() {
        return waiting.get();
    }

    /** How many are at work at this moment. */
    public int taken() {
        return most - free.availablePermits();
    }
}
