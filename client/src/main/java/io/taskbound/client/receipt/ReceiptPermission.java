// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.util.List;

/** These actions on this target. */
public record ReceiptPermission(List<String> actions, String identifier) {
    /** Copies the list. */
    public ReceiptPermission {
        actions = List.copyOf(actions);
    }
}
