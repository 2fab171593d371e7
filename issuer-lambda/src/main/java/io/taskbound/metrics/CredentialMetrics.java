// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.json.JsonNumber;
import java.time.Instant;

/** Turns what one sweep of foreign credentials could not do into a line of CloudWatch's embedded metric format. */
final class CredentialMetrics {
    private final String issuer;
    private final String runId;
    private final Instant at;

    /**
     * @param issuer the dimension of all metrics, as of {@link Meters#writing}
     * @param runId names the sweep, as in its audit lines
     */
    CredentialMetrics(String issuer, String runId, Instant at) {
        this.issuer = issuer;
        this.runId = runId;
        this.at = at;
    }

    /** @param failed how many could not be revoked, or not be looked at */
    String line(int failed) {
        var line = new EmbeddedMetrics(issuer, at);
        line.note("request_id", runId);
        line.put(Metric.UNAVAILABLE, failed);
        line.put(Metric.UNAVAILABLE_BY_PART, UnavailablePart.CREDENTIAL_SERVICE.wire(), JsonNumber.of(failed));
        return line.text();
    }
}
