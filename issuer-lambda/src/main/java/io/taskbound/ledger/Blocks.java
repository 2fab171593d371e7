// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** What blocks the tokens of one run, read consistently. */
public record Blocks(RunClosings closings, DenyList denyList) {
    /** Whether the run or the job was closed over this token. */
    public boolean isClosed(TokenRecord token) {
        return closings.cover(token);
    }
}
