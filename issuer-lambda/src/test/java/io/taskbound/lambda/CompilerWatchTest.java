// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompilerWatchTest {
    private static final long WINDOW = CompilerWatch.WINDOW.toNanos();
    private long compiledMillis;
    private long now;
    private final CompilerWatch watch = new CompilerWatch(() -> compiledMillis, 0);

    private boolean window(long busyMillis) {
        compiledMillis += busyMillis;
        now += WINDOW;
        return watch.quiet(now);
    }

    @Test
    void isQuietAfterSomeQuietWindows() {
        for (int window = 1; window < CompilerWatch.WINDOWS; window++) {
            assertThat(window(49)).isFalse();
        }
        assertThat(window(49)).isTrue();
    }

    @Test
    void beginsAnewAfterABusyWindow() {
        for (int window = 1; window < CompilerWatch.WINDOWS; window++) {
            window(0);
        }
        assertThat(window(50)).isFalse();
        for (int window = 1; window < CompilerWatch.WINDOWS; window++) {
            assertThat(window(0)).isFalse();
        }
        assertThat(window(0)).isTrue();
    }

    @Test
    void judgesNoWindowBeforeItsEnd() {
        for (int look = 0; look < 100; look++) {
            now += WINDOW / 200;
            assertThat(watch.quiet(now)).isFalse();
        }
    }

    /** What the rehearsal relies on: this JVM says how long its compilers were busy, and they were. */
    @Test
    void seesTheCompilersOfThisJvm() {
        var compilers = java.lang.management.ManagementFactory.getCompilationMXBean();
        assertThat(compilers.isCompilationTimeMonitoringSupported()).isTrue();
        assertThat(compilers.getTotalCompilationTime()).isPositive();
    }
}
