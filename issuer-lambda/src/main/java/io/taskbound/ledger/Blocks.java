// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** What blocks new tokens of one run and job, read consistently. */
public record Blocks(RunControl run, RunControl job, DenyList denyList) {
    /** Whether the run or the job was closed over this token. */
    public boolean isClosed(TokenRecord token) {
        return run.blocks(token.requester().proofIssued(), token.life().issued())
                || job.blocks(token.requester().proofIssued(), token.life().issued());
    }
}
