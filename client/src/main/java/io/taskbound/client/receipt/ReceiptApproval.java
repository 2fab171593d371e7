// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.time.Instant;
import java.util.List;

/**
 * The evidence that people approved what the token was for.
 *
 * @param id names the exact declaration by its hash
 * @param requested when the step asked for it
 * @param needed how many people had to approve
 * @param decisions in their order
 */
public record ReceiptApproval(String id, Instant requested, long needed, List<ReceiptDecision> decisions) {
    public ReceiptApproval {
        decisions = List.copyOf(decisions);
    }
}
