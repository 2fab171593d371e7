// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of a source file in Java or TypeScript, as their readers see them: without comments, joined where {@code +}
 * joins two literals, cut where a value is put in.
 */
final class Literals {
    /** Help texts, which picocli prints by itself. */
    private static final Pattern ANNOTATIONS =
            Pattern.compile("(?s)@(?:Option|Command|Parameters)\\(.*?\\)\\s*\\n\\s*(?=private|public|final|class)");

    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern TOKEN = Pattern.compile(
            "(?s)/\\*.*?\\*/|//[^\\n]*|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'|`((?:[^`\\\\]|\\\\.)*)`");
    private static final Pattern VALUE = Pattern.compile("\\$\\{(?:[^{}]|\\{[^{}]*})*}");

    private Literals() {}

    static List<String> of(String source) {
        var code = JOINT.matcher(withoutComments(ANNOTATIONS.matcher(source).replaceAll("")))
                .replaceAll("");
        var found = new ArrayList<String>();
        var tokens = TOKEN.matcher(code);
        while (tokens.find()) {
            for (int quotes = 1; quotes <= tokens.groupCount(); quotes++) {
                if (tokens.group(quotes) != null) {
                    VALUE.splitAsStream(tokens.group(quotes))
                            .map(Literals::read)
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static String withoutComments(String code) {
        return TOKEN.matcher(code)
                .replaceAll(token -> token.group().startsWith("/") ? "" : Matcher.quoteReplacement(token.group()));
    }

    /** One blank in place of any number, so that where a line breaks does not matter. */
    private static String read(String literal) {
        return plain(literal.replace("\\n", " ").replaceAll("\\\\(.)", "$1"));
    }

    /** As one compares texts: without marks of code, and without the name that lines begin with. */
    static String plain(String text) {
        return text.replace("`", "")
                .replace("taskbound: ", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
