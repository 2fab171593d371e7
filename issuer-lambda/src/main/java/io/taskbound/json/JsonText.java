// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.util.Map;
import java.util.TreeMap;

/** Writes JSON: compact in member order, or canonical so that equal values give equal bytes. */
public final class JsonText {
    /** Most of our texts are not longer, and need not be copied while they grow. */
    private static final int USUAL_LENGTH = 512;

    private static final int END_OF_CONTROLS = 0xa0;
    /** Of the characters below that: whether they are written as they are. A look-up, for this is asked most. */
    private static final boolean[] PLAIN = plain();

    private JsonText() {}

    private static boolean[] plain() {
        var plain = new boolean[END_OF_CONTROLS];
        for (char c = 0x20; c < 0x7f; c++) {
            plain[c] = c != '"' && c != '\\';
        }
        return plain;
    }

    /** Compact JSON, members in their own order, non-ASCII characters as themselves. */
    public static String of(JsonValue value) {
        var out = new StringBuilder(USUAL_LENGTH);
        append(value, out);
        return out.toString();
    }

    /** Writes the same to the end of a text that holds more. */
    public static void append(JsonValue value, StringBuilder out) {
        write(value, false, out);
    }

    /**
     * Canonical JSON: members sorted by UTF-16 code unit and no blanks, as RFC 8785 has it. Our documents hold whole
     * numbers only, which are written as plain digits.
     */
    public static String canonical(JsonValue value) {
        var out = new StringBuilder(USUAL_LENGTH);
        write(value, true, out);
        return out.toString();
    }

    private static void write(JsonValue value, boolean sorted, StringBuilder out) {
        if (value instanceof JsonObject object) {
            writeMembers(sorted ? new TreeMap<>(object.own()) : object.own(), sorted, out);
        } else if (value instanceof JsonArray array) {
            writeItems(array, sorted, out);
        } else if (value instanceof JsonString string) {
            quote(string.value(), out);
        } else if (value instanceof JsonNumber number) {
            out.append(number);
        } else if (value instanceof JsonBoolean bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private static void writeMembers(Map<String, JsonValue> members, boolean sorted, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (var member : members.entrySet()) {
            out.append(separator);
            quote(member.getKey(), out);
            out.append(':');
            write(member.getValue(), sorted, out);
            separator = ",";
        }
        out.append('}');
    }

    private static void writeItems(JsonArray array, boolean sorted, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (var item : array.items()) {
            out.append(separator);
            write(item, sorted, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                out.append(text, written, i);
                escape(text.charAt(i), out);
                written = i + 1;
            }
        }
        // Most texts have nothing to escape and are copied whole.
        out.append(text, written, text.length()).append('"');
    }

    /** U+0085, U+2028 and U+2029 end a line for some log readers; one event must stay one line. */
    private static boolean isPlain(char c) {
        return c < END_OF_CONTROLS ? PLAIN[c] : c != 0x2028 && c != 0x2029;
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append(Character.forDigit(c >> 12, 16))
                        .append(Character.forDigit(c >> 8 & 15, 16))
                        .append(Character.forDigit(c >> 4 & 15, 16))
                        .append(Character.forDigit(c & 15, 16));
        }
    }
}
