// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * A JSON number, kept exactly and compared by its value: {@code 10}, {@code 10.0} and {@code 1e1} are the same.
 * {@link StrictJson} limits its length and exponent, so arithmetic on it is cheap.
 *
 * <p>It is kept as text, because nearly all are small whole numbers: a newer JDK takes some 20 ms for the first
 * {@link BigDecimal} of a process, and a cold start should not wait for that in the thread that reads its policy.
 */
public final class JsonNumber implements JsonValue {
    /** So many digits fit a long, whatever they are. */
    private static final int FITTING_DIGITS = 18;

    private static final long THOUSAND = 1_000;

    /** As {@link JsonText} writes it; one text for each value. */
    private final String text;

    private JsonNumber(String text) {
        this.text = text;
    }

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    public static JsonNumber of(BigDecimal value) {
        var digits = value.stripTrailingZeros();
        return new JsonNumber(digits.scale() <= 0 ? digits.toPlainString() : digits.toString());
    }

    /** Such as milliseconds, where seconds are to be written. */
    public static JsonNumber thousandths(long value) {
        long rest = Math.abs(value % THOUSAND);
        if (rest == 0) {
            return of(value / THOUSAND);
        }
        var sign = value < 0 ? "-" : "";
        var fraction = Long.toString(THOUSAND + rest).substring(1);
        int end = fraction.length();
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return new JsonNumber(sign + Math.abs(value / THOUSAND) + "." + fraction.substring(0, end));
    }

    /** Whether the digits of a JSON number are of a whole one that fits a long, with at most one way to write it. */
    static boolean isSmallWhole(String digits) {
        int start = digits.startsWith("-") ? 1 : 0;
        int length = digits.length() - start;
        if (length == 0 || length > FITTING_DIGITS || (digits.charAt(start) == '0' && digits.length() > 1)) {
            return false;
        }
        for (int i = start; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    public BigDecimal value() {
        return new BigDecimal(text);
    }

    /** The number as a long, when it has no fraction and fits. */
    public OptionalLong wholeNumber() {
        if (isSmallWhole(text)) {
            return OptionalLong.of(Long.parseLong(text));
        }
        try {
            return OptionalLong.of(value().longValueExact());
        } catch (ArithmeticException fractionOrOverflow) {
            return OptionalLong.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonNumber number && text.equals(number.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As JSON. */
    @Override
    public String toString() {
        return text;
    }
}
