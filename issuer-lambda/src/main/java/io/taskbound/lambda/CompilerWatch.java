// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells when the JIT compilers have come to rest: they were busy for less than a twentieth of each of some windows, one
 * after the other. They are never quite still, since what is seldom called is compiled seldom.
 */
final class CompilerWatch {
    static final Duration WINDOW = Duration.ofSeconds(1);
    static final int WINDOWS = 4;
    private static final long SHARE = 20;

    private final LongSupplier compiledMillis;
    private long windowBegan;
    private long compiledThen;
    private int quiet;

    /** @param compiledMillis how long the compilers were busy so far, in milliseconds */
    CompilerWatch(LongSupplier compiledMillis, long nowNanos) {
        this.compiledMillis = compiledMillis;
        begin(nowNanos);
    }

    /** Of this JVM; never quiet where it does not say how long its compilers are busy. */
    static CompilerWatch ofThisJvm(long nowNanos) {
        var compilers = ManagementFactory.getCompilationMXBean();
        return compilers != null && compilers.isCompilationTimeMonitoringSupported()
                ? new CompilerWatch(compilers::getTotalCompilationTime, nowNanos)
                : new CompilerWatch(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), nowNanos);
    }

    private void begin(long nowNanos) {
        windowBegan = nowNanos;
        compiledThen = compiledMillis.getAsLong();
    }

    /** Whether they are at rest; to be asked again and again. */
    boolean quiet(long nowNanos) {
        long window = nowNanos - windowBegan;
        if (window >= WINDOW.toNanos()) {
            long busy =
                    Duration.ofMillis(compiledMillis.getAsLong() - compiledThen).toNanos();
            quiet = busy * SHARE < window ? quiet + 1 : 0;
            begin(nowNanos);
        }
        return quiet >= WINDOWS;
    }
}
