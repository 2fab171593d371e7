// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

/** Makes foreign text fit for a terminal: no line ends, no escape sequences, nothing that moves the cursor. */
public final class Printable {
    private static final int MAX_LENGTH = 600;
    private static final int MAX_TYPED = 40;

    private Printable() {}

    public static String of(String foreign) {
        var cut = foreign.length() > MAX_LENGTH ? foreign.substring(0, MAX_LENGTH) + "…" : foreign;
        return cut.codePoints()
                .map(c -> isPlain(c) ? c : '\ufffd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** What somebody typed, in quotes; the beginning of a long one, which may be something else than was meant. */
    public static String typed(String text) {
        return "\"" + of(text.length() > MAX_TYPED ? text.substring(0, MAX_TYPED) + "…" : text) + "\"";
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
