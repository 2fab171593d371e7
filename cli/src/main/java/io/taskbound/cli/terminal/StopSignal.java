// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT as a wish that the main thread can wait for, so that it stops in order and the process exits 0; a
 * shutdown hook could not choose the exit code. The second signal ends the process at once.
 */
public final class StopSignal {
    private static final int KILLED_BY_USER = 130;

    private final CountDownLatch wished = new CountDownLatch(1);

    private StopSignal() {}

    public static StopSignal install() {
        var stop = new StopSignal();
        stop.listenTo("TERM");
        stop.listenTo("INT");
        return stop;
    }

    private void listenTo(String name) {
        try {
            Signal.handle(new Signal(name), signal -> received());
        } catch (IllegalArgumentException taken) {
            // A JVM with -Xrs leaves signals to the system: then they end the process without our goodbye.
        }
    }

    private void received() {
        if (wished.getCount() == 0) {
            Runtime.getRuntime().halt(KILLED_BY_USER);
        }
        wished.countDown();
    }

    /** Returns when the process is asked to stop, or this thread is interrupted. */
    public void await() {
        try {
            wished.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
