// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import java.util.function.Function;

/** What an approver gets to see. */
public sealed interface ShownAnswer {
    /** One function for each alternative. */
    <T> T match(Function<Shown, T> shown, Function<Refused, T> refused);

    record Shown(ShownApproval approval) implements ShownAnswer {
        @Override
        public <T> T match(Function<Shown, T> shown, Function<Refused, T> refused) {
            return shown.apply(this);
        }
    }

    record Refused(Refusal refusal) implements ShownAnswer {
        @Override
        public <T> T match(Function<Shown, T> shown, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
