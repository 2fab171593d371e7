// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import java.util.function.Function;

/** The result of a hook's delivery. */
public sealed interface RunEndAnswer {
    /** One function for each alternative. */
    <T> T match(Function<Done, T> done, Function<Refused, T> refused);

    /**
     * It was authentic, and what it tells is done.
     *
     * @param result {@code closed}, {@code unchanged} where nothing was alive, or {@code ignored} for what is not an
     *     end
     */
    record Done(String result) implements RunEndAnswer {
        @Override
        public <T> T match(Function<Done, T> done, Function<Refused, T> refused) {
            return done.apply(this);
        }
    }

    record Refused(Refusal refusal) implements RunEndAnswer {
        @Override
        public <T> T match(Function<Done, T> done, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
