// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.approval;

/**
 * Text that a screen shows as it is: no control or format characters, which move a cursor, reverse their neighbours or
 * cannot be seen.
 */
final class PlainText {
    private PlainText() {}

    static boolean isLine(String text) {
        return text.codePoints().allMatch(PlainText::isShown);
    }

    /** Also with line feeds. */
    static boolean isLines(String text) {
        return isLine(text.replace("\n", ""));
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
