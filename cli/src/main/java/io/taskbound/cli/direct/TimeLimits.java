// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.direct;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Ends requests that take too long as a whole: the limit of a socket begins again with each byte. They are looked at
 * every {@value #TICK_MILLIS} ms, so that a request wakes up no other thread.
 */
final class TimeLimits {
    private static final int TICK_MILLIS = 100;

    private final Set<Limit> running = ConcurrentHashMap.newKeySet();

    TimeLimits() {
        var clock = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "taskbound-time-limits");
            thread.setDaemon(true);
            return thread;
        });
        var unused = clock.scheduleWithFixedDelay(
                () -> running.forEach(Limit::endIfOver), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins now; close it when the request has ended. */
    Limit start(HttpUriRequestBase request, Duration most) {
        var limit = new Limit(request, System.nanoTime() + most.toNanos());
        running.add(limit);
        return limit;
    }

    /** Of one request. */
    final class Limit implements AutoCloseable {
        private final HttpUriRequestBase request;
        private final long end;

        private Limit(HttpUriRequestBase request, long end) {
            this.request = request;
            this.end = end;
        }

        boolean isOver() {
            return System.nanoTime() - end >= 0;
        }

        private void endIfOver() {
            if (isOver()) {
                request.abort();
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
