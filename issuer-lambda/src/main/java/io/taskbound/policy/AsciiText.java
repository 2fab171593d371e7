// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** Texts made of ASCII letters, digits and some signs. */
final class AsciiText {
    private AsciiText() {}

    /** At least one character, each an ASCII letter, a digit or one of the signs. */
    static boolean isOf(String text, String signs) {
        return !text.isEmpty() && text.chars().allMatch(c -> isLetterOrDigit(c) || signs.indexOf(c) >= 0);
    }

    /** A whole number above 0 without a leading zero. */
    static boolean isNumber(String text) {
        return !text.isEmpty() && text.charAt(0) != '0' && text.chars().allMatch(AsciiText::isDigit);
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    /** Or a digit, which has no case. */
    static boolean isLowerCase(int c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
