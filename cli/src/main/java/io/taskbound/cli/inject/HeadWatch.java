// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts off who sends half a head and holds a thread with it. The JDK's server knows one limit for a whole request only,
 * which a long upload would run into; but a thread that waits for a head can be interrupted, which closes the
 * connection.
 */
final class HeadWatch {
    private final ThreadLocal<Optional<Reading>> current = ThreadLocal.withInitial(Optional::empty);
    private final Set<Reading> all = ConcurrentHashMap.newKeySet();
    private final long nanos;

    /** @param nanos how long a head may take */
    HeadWatch(long nanos) {
        this.nanos = nanos;
    }

    /** One head that is being read. */
    private static final class Reading {
        private final Thread thread = Thread.currentThread();
        private final long since = System.nanoTime();
        private boolean over;

        private synchronized void end() {
            over = true;
            // One that came too late must not hit what the thread does next.
            var unused = Thread.interrupted();
        }

        private synchronized void cutIfOlderThan(long age) {
            if (!over && System.nanoTime() - since > age) {
                over = true;
                thread.interrupt();
            }
        }
    }

    /** The same work, watched until it says {@link #headIsThere}. */
    Runnable watched(Runnable work) {
        return () -> {
            var reading = new Reading();
            all.add(reading);
            current.set(Optional.of(reading));
            try {
                work.run();
            } finally {
                headIsThere();
                current.remove();
            }
        };
    }

    /** Said by the thread that reads it. */
    void headIsThere() {
        current.get().ifPresent(reading -> {
            reading.end();
            all.remove(reading);
        });
    }

    /** To be called now and then. */
    void cutTheLate() {
        all.forEach(reading -> reading.cutIfOlderThan(nanos));
    }
}
