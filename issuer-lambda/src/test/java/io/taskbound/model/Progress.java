// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.Locale;

/** Counts what many threads explore, and says on standard error how far they are, every ten seconds. */
final class Progress {
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final int starts;
    private int done;
    private long worlds;
    private int depth;
    private long told = System.nanoTime();

    Progress(int starts) {
        this.starts = starts;
    }

    synchronized void explored(Explorer.Result result) {
        done++;
        worlds += result.worlds();
        depth = Math.max(depth, result.depth());
        if (System.nanoTime() - told >= EVERY_NANOS) {
            told = System.nanoTime();
            System.err.printf(Locale.ROOT, "%,d of %,d starts, %,d states%n", done, starts, worlds);
        }
    }

    synchronized long worlds() {
        return worlds;
    }

    synchronized int depth() {
        return depth;
    }
}
