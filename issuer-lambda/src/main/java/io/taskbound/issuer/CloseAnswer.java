// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import java.util.function.Function;

/** The result of a revocation. */
public sealed interface CloseAnswer {
    /** One function for each alternative. */
    <T> T match(Function<Done, T> done, Function<Refused, T> refused);

    /** What was alive is closed, and what was not alive or not the caller's is as it was; the two look the same. */
    record Done() implements CloseAnswer {
        @Override
        public <T> T match(Function<Done, T> done, Function<Refused, T> refused) {
            return done.apply(this);
        }
    }

    record Refused(Refusal refusal) implements CloseAnswer {
        @Override
        public <T> T match(Function<Done, T> done, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
