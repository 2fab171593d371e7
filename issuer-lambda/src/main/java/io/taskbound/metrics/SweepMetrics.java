// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import java.time.Duration;
import java.time.Instant;

/** Turns what one run of the sweeper has done into a line of CloudWatch's embedded metric format. */
public final class SweepMetrics {
    private final String issuer;
    private final String runId;
    private final Instant at;

    /**
     * @param issuer the dimension of all metrics, as of {@link Meters#writing}
     * @param runId names the run, as in its audit lines
     */
    public SweepMetrics(String issuer, String runId, Instant at) {
        this.issuer = issuer;
        this.runId = runId;
        this.at = at;
    }

    /** The line of the run. */
    public String line(int ended, int missingCloses, int rearmed, int failed, Duration behind) {
        var line = new EmbeddedMetrics(issuer, at);
        line.note("request_id", runId);
        line.put(Metric.SWEEP_RUNS, 1);
        line.put(Metric.SWEEP_ENDED, ended);
        line.put(Metric.SWEEP_REARMED, rearmed);
        line.put(Metric.SWEEP_FAILED, failed);
        line.put(Metric.SWEEP_BEHIND, behind.toSeconds());
        line.put(Metric.MISSING_CLOSES, missingCloses);
        return line.text();
    }
}
