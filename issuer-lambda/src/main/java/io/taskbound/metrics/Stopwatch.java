// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Times the parts of the request that its thread is working on. Safe for use by many threads. */
public final class Stopwatch {
    /** Stands still. */
    public static final Stopwatch NONE = new Stopwatch(() -> 0);

    private final LongSupplier ticker;
    private final ThreadLocal<RequestCounts> current = ThreadLocal.withInitial(RequestCounts::ofNoRequest);

    /** @param ticker nanoseconds since some moment, such as {@code System::nanoTime} */
    Stopwatch(LongSupplier ticker) {
        this.ticker = ticker;
    }

    public <T> T time(TimedPart part, Supplier<T> work) {
        long begun = start();
        try {
            return work.get();
        } finally {
            stop(part, begun);
        }
    }

    /** For work that may throw what a supplier may not; to be given to {@link #stop}. */
    public long start() {
        return ticker.getAsLong();
    }

    public void stop(TimedPart part, long begun) {
        counts().lap(part, ticker.getAsLong() - begun);
    }

    RequestCounts counts() {
        return current.get();
    }

    void begin(RequestCounts counts) {
        current.set(counts);
    }

    void end() {
        current.remove();
    }

    /** Work handed to this executor belongs to the request that handed it over. */
    Executor carrying(Executor executor) {
        return work -> {
            var counts = counts();
            executor.execute(() -> within(counts, work));
        };
    }

    private void within(RequestCounts counts, Runnable work) {
        var before = counts();
        begin(counts);
        try {
            work.run();
        } finally {
            // With an executor that runs at once, this thread still has a request of its own.
            begin(before);
        }
    }
}
