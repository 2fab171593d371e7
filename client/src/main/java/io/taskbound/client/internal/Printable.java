// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.internal;

import java.util.Locale;

/**
 * Foreign text made safe for a log line: everything outside printable ASCII is written as an escape, so that no claim
 * can break a line, colour a terminal, reverse its neighbours or start a CI log command.
 */
public final class Printable {
    public static final int MAX_LENGTH = 512;

    private Printable() {}

    /** Cut after {@value #MAX_LENGTH} characters. */
    public static String of(String text) {
        return text.length() <= MAX_LENGTH ? escaped(text) : escaped(text.substring(0, MAX_LENGTH)) + "...";
    }

    /** A YAML 1.2 double-quoted scalar (section 7.3.1) that reads back as the very text. */
    public static String quoted(String text) {
        return '"' + escaped(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point >= ' ' && point < 0x7f) {
                out.appendCodePoint(point);
            } else {
                out.append(String.format(Locale.ROOT, point > 0xffff ? "\\U%08X" : "\\u%04X", point));
            }
        });
        return out.toString();
    }
}
