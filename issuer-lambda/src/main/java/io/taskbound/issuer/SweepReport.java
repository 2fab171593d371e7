// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.Cause;
import java.time.Duration;
import java.util.Map;

/**
 * What one run of the sweeper did.
 *
 * @param ended tokens whose end it wrote, by cause
 * @param missingCloses those of them that should have been closed and were not
 * @param rearmed tokens that had been renewed, and got a new place in the index
 * @param failedShards that it could not finish
 * @param unreadable records that it could not read, which keep nothing else from being swept
 * @param behind how long ago the oldest deadline passed that it had no time for; zero when it saw everything
 */
public record SweepReport(
        Map<Cause, Integer> ended, int missingCloses, int rearmed, int failedShards, int unreadable, Duration behind) {
    public SweepReport {
        ended = Map.copyOf(ended);
    }

    /** Shards and records together. */
    public int failed() {
        return failedShards + unreadable;
    }

    /** All that it ended. */
    public int allEnded() {
        return ended.values().stream().mapToInt(Integer::intValue).sum();
    }
}
