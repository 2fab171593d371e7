// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * What may take a variable's place in an identifier: segments of letters, digits and {@code . _ -}, none of them empty,
 * {@code .} or {@code ..}; joined by {@code /} only where the claim is a path. A value cannot widen or leave its place.
 */
final class VariableValue {
    private static final int MAX_LENGTH = 256;

    private VariableValue() {}

    static boolean isValid(String value, boolean path) {
        if (value.length() > MAX_LENGTH) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || (path && value.charAt(i) == '/')) {
                if (!isSegment(value, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private static boolean isSegment(String value, int start, int end) {
        boolean dotsAlone = end - start <= 2;
        for (int i = start; i < end; i++) {
            char c = value.charAt(i);
            if (c >= 128 || !(Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-')) {
                return false;
            }
            dotsAlone &= c == '.';
        }
        return end > start && !dotsAlone;
    }
}
