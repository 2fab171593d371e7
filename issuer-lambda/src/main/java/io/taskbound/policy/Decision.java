// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.function.Function;

/** The policy's answer to one request. */
public sealed interface Decision {
    /** One function for each alternative. */
    <T> T match(Function<Granted, T> granted, Function<Refused, T> refused);

    record Granted(Grant grant) implements Decision {
        @Override
        public <T> T match(Function<Granted, T> granted, Function<Refused, T> refused) {
            return granted.apply(this);
        }
    }

    record Refused(Denial denial) implements Decision {
        @Override
        public <T> T match(Function<Granted, T> granted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
