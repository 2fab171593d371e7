// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Values as an explanation shows them. They come from a provider or a request, and end in logs and terminals: whatever
 * is not printable ASCII is escaped, so that none can break a line, colour it or read backwards.
 */
final class Shown {
    static final String ABSENT = "absent";
    private static final int MAX_LENGTH = 256;
    private static final int MAX_VALUES = 8;

    private Shown() {}

    /** A text in quotes; another value as its JSON. */
    static String value(JsonValue value) {
        return value instanceof JsonString string ? text(string.value()) : cut(JsonText.of(value));
    }

    /** A text in quotes, at most {@value #MAX_LENGTH} of its characters. */
    static String text(String text) {
        return '"' + cut(text) + '"';
    }

    /** A text in quotes, all of it: two of them look the same only if they are. */
    static String whole(String text) {
        return '"' + bare(text) + '"';
    }

    /** The same without the quotes. */
    static String bare(String text) {
        if (isPlain(text)) {
            return text;
        }
        var literal = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return escaped(literal, literal.length());
    }

    /** Whether it is shown as it is; so are most texts, and a policy has many. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** {@code "a" or "b"}; of a long list the beginning and how many more there are. */
    static String anyOf(Collection<String> shown) {
        var first = shown.stream().limit(MAX_VALUES).collect(Collectors.joining(" or "));
        return shown.size() > MAX_VALUES ? first + " or " + (shown.size() - MAX_VALUES) + " more" : first;
    }

    private static String cut(String text) {
        return text.length() > MAX_LENGTH ? escaped(text, MAX_LENGTH) + '…' : escaped(text, text.length());
    }

    private static String escaped(String text, int length) {
        var out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
