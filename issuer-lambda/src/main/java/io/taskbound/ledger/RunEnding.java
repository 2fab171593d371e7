// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * That a run, or one job of it, has ended, as its CI system says.
 *
 * @param runKey the run part of the jti
 * @param until what was issued, or proven, up to then ends; it may be in the past, and a later closing stays
 * @param forGood nothing more may be minted of the run, however new its proof; means nothing for a job
 */
public record RunEnding(String runKey, Optional<String> job, Instant until, boolean forGood) {
    boolean endsTheRun() {
        return forGood && job.isEmpty();
    }

    /** Whether it reaches this token, whose job it is known to reach. */
    boolean covers(Instant proofIssued, Instant recordIssued) {
        return new RunControl(Optional.of(until), Optional.empty(), endsTheRun()).blocks(proofIssued, recordIssued);
    }
}
