// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.Jti;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Writes to the records of a closed run that they are closed, several at once, until the time is over. Their tokens are
 * dead already, so a write that fails or comes too late is no fault.
 */
final class RecordsOfClosedRun {
    private static final int AT_ONCE = 8;
    /** So many records are closed however late it is: an ordinary run has fewer. */
    private static final int ALWAYS = 64;

    /** A record that still says that its token is active, and the end that it must say. */
    record Left(Jti jti, Closure closure) {}

    private final long began = System.nanoTime();
    private final Duration time;
    private final Function<Left, Optional<TokenRecord>> close;
    private final Queue<TokenRecord> closed = new ConcurrentLinkedQueue<>();
    private int seen;
    private boolean whole = true;

    /**
     * The time begins now.
     *
     * @param close closes one record; empty where somebody else was quicker
     */
    RecordsOfClosedRun(Duration time, Function<Left, Optional<TokenRecord>> close) {
        this.time = time;
        this.close = close;
    }

    /** Closes these, and says whether there is time for more. */
    boolean close(List<Left> tokens) {
        if (!tokens.isEmpty()) {
            var open = new AtomicInteger(tokens.size());
            atOnce(IntStream.range(0, tokens.size())
                    .mapToObj(place -> Executors.callable(() -> {
                        if (seen + place < ALWAYS || !isOver()) {
                            close.apply(tokens.get(place)).ifPresent(closed::add);
                            open.decrementAndGet();
                        }
                    }))
                    .toList());
            whole &= open.get() == 0;
            seen += tokens.size();
        }
        return seen < ALWAYS || !isOver();
    }

    /** There is more that was not even looked at. */
    void leaveTheRest() {
        whole = false;
    }

    /** @param kept whether the closing stands in the run's control item */
    ClosedAll result(boolean kept) {
        return new ClosedAll(List.copyOf(closed), whole, kept);
    }

    private static void atOnce(List<Callable<Object>> writes) {
        var writers = Executors.newFixedThreadPool(Math.min(AT_ONCE, writes.size()), RecordsOfClosedRun::daemon);
        try {
            writers.invokeAll(writes);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            writers.shutdown();
        }
    }

    private boolean isOver() {
        return System.nanoTime() - began > time.toNanos();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "taskbound-close-all");
        thread.setDaemon(true);
        return thread;
    }
}
