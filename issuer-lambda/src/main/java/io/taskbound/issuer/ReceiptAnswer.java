// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.json.JsonObject;
import java.util.function.Function;

/** The result of asking for a receipt. */
public sealed interface ReceiptAnswer {
    /** One function for each alternative. */
    <T> T match(Function<Signed, T> signed, Function<Refused, T> refused);

    /** @param envelope the DSSE envelope; no secret */
    record Signed(JsonObject envelope) implements ReceiptAnswer {
        @Override
        public <T> T match(Function<Signed, T> signed, Function<Refused, T> refused) {
            return signed.apply(this);
        }
    }

    record Refused(Refusal refusal) implements ReceiptAnswer {
        @Override
        public <T> T match(Function<Signed, T> signed, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
