// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a beat again and again, the pause counted from the end of the last one. */
@FunctionalInterface
interface HeartbeatTimer {
    /** The answer ends it and interrupts a beat that is running. */
    Runnable every(Duration pause, Runnable beat);

    /** One daemon thread for each heartbeat, so that a slow issuer delays nobody else and no JVM is kept alive. */
    static HeartbeatTimer daemon() {
        return (pause, beat) -> {
            ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
                var made = new Thread(work, "taskbound-heartbeat");
                made.setDaemon(true);
                return made;
            });
            long millis = pause.toMillis();
            var unused = thread.scheduleWithFixedDelay(beat, millis, millis, TimeUnit.MILLISECONDS);
            return thread::shutdownNow;
        };
    }

    /**
     * One beat with its tries, starting when two thirds of the lease are left: it may use half a lease, a sixth for
     * each try, so that neither a lost answer nor a slow one costs the token.
     */
    static Patience patience(Duration lease) {
        return new Patience(10, lease.dividedBy(2), lease.dividedBy(6), lease.dividedBy(24), lease.dividedBy(6));
    }
}
