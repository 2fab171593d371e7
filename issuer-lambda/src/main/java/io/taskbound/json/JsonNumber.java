// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** A JSON number, kept exactly. {@link StrictJson} bounds its length and exponent, so arithmetic on it is cheap. */
public record JsonNumber(BigDecimal value) implements JsonValue {

    /** The number as a long, when it has no fraction and fits; {@code 10}, {@code 10.0} and {@code 1e1} are the same. */
    public OptionalLong wholeNumber() {
        try {
            return OptionalLong.of(value.longValueExact());
        } catch (ArithmeticException fractionOrOverflow) {
            return OptionalLong.empty();
        }
    }
}
