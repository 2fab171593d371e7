// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * That a run, or one job of it, has ended, as its CI system says.
 *
 * @param runKey the run part of the jti
 * @param job a job never runs again under its name, so its end is always permanent
 * @param subject the stable subject of the tokens that it counts for, whatever else the run holds; empty where the
 *     run's name says already whose they are
 * @param until what was issued, or proven, up to then ends; it may be in the past, and a later closing stays. Means
 *     nothing for an end that is permanent
 * @param permanent nothing more may be minted of the run or job, however new its proof
 */
public record RunEnding(
        String runKey, Optional<String> job, Optional<String> subject, Instant until, boolean permanent) {
    public RunEnding {
        if (job.isPresent() && !permanent) {
            throw new IllegalArgumentException("the end of a job must be permanent");
        }
    }

    /** Whether it reaches this token, whose job it is known to reach. */
    boolean covers(String stableSubject, Instant proofIssued, Instant recordIssued) {
        return subject.filter(bound -> !bound.equals(stableSubject)).isEmpty()
                && (permanent || RunControl.closedAt(until).blocks(proofIssued, recordIssued));
    }
}
