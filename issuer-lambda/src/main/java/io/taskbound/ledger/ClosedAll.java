// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.List;

/**
 * The result of closing a run or a job.
 *
 * @param closed the tokens whose records this call closed, as it left them
 * @param whole whether it had time for all records; the other tokens are as dead, and their records do not say so yet
 */
public record ClosedAll(List<TokenRecord> closed, boolean whole) {
    public ClosedAll {
        closed = List.copyOf(closed);
    }
}
