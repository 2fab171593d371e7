// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.http.SettableClock;
import io.taskbound.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Asks again after a 503 once the time is over that it names, as every client does; the clock moves on with it. */
final class Client {
    private static final int MOST_TRIES = 50;
    private static final int UNAVAILABLE = 503;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long TICK_NANOS = 2_000_000;

    private final Instances instances;
    private final SettableClock clock;
    private final Runnable timePassed;

    Client(Instances instances, SettableClock clock, Runnable timePassed) {
        this.instances = instances;
        this.clock = clock;
        this.timePassed = timePassed;
    }

    JsonObject ask(String path, Map<String, String> form) {
        return ask(path, form, false);
    }

    JsonObject askAsServer(String path, Map<String, String> form) {
        return ask(path, form, true);
    }

    private JsonObject ask(String path, Map<String, String> form, boolean server) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var answer = instances.post(path, form, server);
            if (answer.status() != UNAVAILABLE) {
                return answer.body();
            }
            sleep(Duration.ofSeconds(answer.retryAfterSeconds()));
        }
        throw new AssertionError(path + " stays unavailable");
    }

    /** Whoever else waits moves the same clock, so all together wait no longer than the one that waits longest. */
    private void sleep(Duration time) {
        var until = clock.instant().plus(time);
        while (clock.instant().isBefore(until)) {
            LockSupport.parkNanos(TICK_NANOS);
            clock.advance(TICK);
            timePassed.run();
        }
    }
}
