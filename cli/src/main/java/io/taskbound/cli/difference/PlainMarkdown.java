// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text that holds what somebody else wrote, as markdown that shows it and does nothing else. Words of letters and
 * digits stand as they are, and all else stands in code spans: in those there is no markup, no HTML, no mention, no
 * reference to an issue or a commit, and no link.
 */
final class PlainMarkdown {
    /** A plain word, with what may stand before and after it in a sentence. */
    private static final Pattern WORD = Pattern.compile("\\(?[A-Za-z0-9]+[,.;:)]{0,2}");
    /** Read as a commit where one has such a beginning; and what a comment would link. */
    private static final Pattern LINKED = Pattern.compile("\\(?(?:[0-9a-fA-F]{7,}|(?i:www).*)[,.;:)]*");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");
    private static final String SENTENCE = ",.;:";

    private PlainMarkdown() {}

    static String of(String text) {
        var out = new ArrayList<String>();
        for (var piece : pieces(CONTROL.matcher(text).replaceAll(" "))) {
            int end = piece.length();
            while (end > 1 && SENTENCE.indexOf(piece.charAt(end - 1)) >= 0) {
                end--;
            }
            out.add(isPlain(piece) ? piece : code(piece.substring(0, end)) + piece.substring(end));
        }
        return String.join(" ", out);
    }

    /** Split at blanks, but not inside quotes; a backslash keeps what follows it. */
    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' && !quoted) {
                pieces.add(piece.toString());
                piece.setLength(0);
                continue;
            }
            piece.append(c);
            if (c == '\\' && quoted && i + 1 < text.length()) {
                piece.append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            }
        }
        pieces.add(piece.toString());
        pieces.removeIf(String::isEmpty);
        return pieces;
    }

    private static boolean isPlain(String piece) {
        return WORD.matcher(piece).matches() && !LINKED.matcher(piece).matches();
    }

    /** Between more backticks than the text has in a row. */
    private static String code(String piece) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < piece.length(); i++) {
            run = piece.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        var ticks = "`".repeat(longest + 1);
        var space = piece.startsWith("`") || piece.endsWith("`") ? " " : "";
        return ticks + space + piece + space + ticks;
    }
}
