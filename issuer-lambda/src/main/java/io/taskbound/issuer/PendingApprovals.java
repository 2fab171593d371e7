// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import java.util.List;
import java.util.function.Function;

/** What waits for one person. */
public sealed interface PendingApprovals {
    /** One function for each alternative. */
    <T> T match(Function<Listed, T> listed, Function<Refused, T> refused);

    /** @param approvals newest first */
    record Listed(List<ShownApproval> approvals) implements PendingApprovals {
        public Listed {
            approvals = List.copyOf(approvals);
        }

        @Override
        public <T> T match(Function<Listed, T> listed, Function<Refused, T> refused) {
            return listed.apply(this);
        }
    }

    record Refused(Refusal refusal) implements PendingApprovals {
        @Override
        public <T> T match(Function<Listed, T> listed, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
