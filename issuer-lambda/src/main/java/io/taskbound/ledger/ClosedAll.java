// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.List;

/**
 * The result of closing a run or a job.
 *
 * @param closed the tokens whose records this call closed, as it left them
 * @param whole whether it had time for all records
 * @param kept whether the closing stands in the run's control item, so that tokens whose records do not say so yet are
 *     as dead, and those that come later too; it does unless more jobs of the run have ended than are kept
 */
public record ClosedAll(List<TokenRecord> closed, boolean whole, boolean kept) {
    public ClosedAll {
        closed = List.copyOf(closed);
    }
}
