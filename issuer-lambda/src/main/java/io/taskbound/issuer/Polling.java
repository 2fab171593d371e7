// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Checks at most once per period whether something has changed, on the thread of whichever request comes next: a frozen
 * Lambda has no background threads, and after a long sleep the first request checks before it decides. While one thread
 * checks, all others continue with what is known. Safe for use by many threads.
 */
public final class Polling {
    private final Duration period;
    private final ReentrantLock looking = new ReentrantLock();
    private final Consumer<String> operatorLog;
    private volatile Optional<Instant> last;

    /**
     * @param last when it was looked the last time; empty when never, so that the first to come by looks
     * @param operatorLog hears of a look that failed
     */
    public Polling(Duration period, Optional<Instant> last, Consumer<String> operatorLog) {
        this.period = period;
        this.last = last;
        this.operatorLog = operatorLog;
    }

    /** Looks if it is time to. Never throws: who comes by has something else to do. */
    public void comeBy(Instant now, Consumer<Instant> look) {
        if (!isDue(now) || !looking.tryLock()) {
            return;
        }
        try {
            if (isDue(now)) {
                // Before the look, so that one that fails is not repeated by every request.
                last = Optional.of(now);
                look.accept(now);
            }
        } catch (RuntimeException unforeseen) {
            // Only the class: a message could contain what was read.
            operatorLog.accept("taskbound: a periodic check failed: "
                    + unforeseen.getClass().getName());
        } finally {
            looking.unlock();
        }
    }

    /** A clock that was set back must not put the next look off. */
    private boolean isDue(Instant now) {
        var before = last;
        return before.isEmpty()
                || now.isBefore(before.get().minus(period))
                || !now.isBefore(before.get().plus(period));
    }
}
