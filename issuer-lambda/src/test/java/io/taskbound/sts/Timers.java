// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One timer for the clients of all tests of this package. */
final class Timers {
    static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1, work -> {
        var thread = new Thread(work, "test-timer");
        thread.setDaemon(true);
        return thread;
    });

    private Timers() {}
}
