// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.Jti;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final long began = System.nanoTime();
    private final Duration time;

    /** The time begins now. */
    RecordsOfClosedRun(Duration time) {
        this.time = time;
    }

    /** @param close closes one record; empty where somebody else was quicker */
    ClosedAll close(List<Jti> tokens, Function<Jti, Optional<TokenRecord>> close) {
        if (tokens.isEmpty()) {
            return new ClosedAll(List.of(), 0);
        }
        var closed = new ConcurrentLinkedQueue<TokenRecord>();
        var left = new AtomicInteger(tokens.size());
        var writers = Executors.newFixedThreadPool(Math.min(AT_ONCE, tokens.size()), RecordsOfClosedRun::daemon);
        try {
            writers.invokeAll(IntStream.range(0, tokens.size())
                    .mapToObj(place -> Executors.callable(() -> {
                        if (place < ALWAYS || !isOver()) {
                            close.apply(tokens.get(place)).ifPresent(closed::add);
                            left.decrementAndGet();
                        }
                    }))
                    .toList());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            writers.shutdown();
        }
        return new ClosedAll(List.copyOf(closed), left.get());
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
