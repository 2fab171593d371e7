// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Sweeper;
import io.taskbound.ledger.TokenRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What a run of the sweeper has done so far, all shards together. */
final class SweepProgress implements Sweeper.Progress {
    private final String id;
    private final Instant now;
    private final Ends ends;
    private final Duration time;
    private final long began = System.nanoTime();
    private final Map<Cause, Integer> ended = new EnumMap<>(Cause.class);
    private int missingCloses;
    private int rearmed;
    private int failedShards;
    private int unreadable;
    private boolean leftOut;
    private Duration behind = Duration.ZERO;

    SweepProgress(String id, Instant now, Ends ends, Duration time) {
        this.id = id;
        this.now = now;
        this.ends = ends;
        this.time = time;
    }

    @Override
    public void ended(TokenRecord token) {
        count(token);
        ends.ended(token, id, now);
    }

    private synchronized void count(TokenRecord token) {
        ended.merge(token.life().end().orElseThrow().cause(), 1, Integer::sum);
        missingCloses += token.missedItsClose() ? 1 : 0;
    }

    @Override
    public synchronized void rearmed() {
        rearmed++;
    }

    @Override
    public synchronized void unreadable() {
        unreadable++;
    }

    @Override
    public synchronized boolean goesOn(Instant reached) {
        if (!isOver()) {
            return true;
        }
        var late = Duration.between(reached, now);
        behind = late.compareTo(behind) > 0 ? late : behind;
        return false;
    }

    /** A shard that could not be swept, or only in part. */
    synchronized void failed() {
        failedShards++;
    }

    /** A shard that was not looked at, so that nobody knows how late it is. */
    synchronized void leftOut() {
        leftOut = true;
    }

    boolean isOver() {
        return System.nanoTime() - began > time.toNanos();
    }

    synchronized SweepReport report() {
        // Its turn comes within some runs: the order is another one each time.
        var atLeast = leftOut && behind.isZero() ? Sweeper.GRACE : behind;
        return new SweepReport(ended, missingCloses, rearmed, failedShards, unreadable, atLeast);
    }
}
