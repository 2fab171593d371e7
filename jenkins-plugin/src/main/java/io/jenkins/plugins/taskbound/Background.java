// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Computer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.util.Timer;

/** Threads for what talks to an issuer or to a disk, so that neither a build's program nor Jenkins' timers wait. */
final class Background {
    private Background() {}

    static Future<?> now(Runnable work) {
        return Computer.threadPoolForRemoting.submit(work);
    }

    static void after(Duration pause, Runnable work) {
        after(pause, work, started -> {});
    }

    /**
     * Jenkins' few timer threads only hand over: an issuer that is slow for one token delays nobody else.
     *
     * @param begun is given the work, to cancel, when its thread has been asked for
     */
    static void after(Duration pause, Runnable work, Consumer<Future<?>> begun) {
        Timer.get().schedule(() -> begun.accept(now(work)), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
