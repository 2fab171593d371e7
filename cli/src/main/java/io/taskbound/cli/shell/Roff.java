// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

import java.util.Locale;

/** Writes a page with the macros of {@code man(7)}; what it is given is text and never a request of roff's. */
final class Roff {
    private static final int LAST_ASCII = 0x7e;
    private static final int WIDTH = 79;
    private final StringBuilder text = new StringBuilder();
    /** A heading begins a paragraph by itself. */
    private boolean begun;

    String text() {
        return text.toString();
    }

    void title(String name, String section, String date, String version) {
        line(".TH " + name + " " + section + " " + date + " \"" + escaped(version) + "\"");
        // Words stay whole: an option that is broken cannot be copied.
        line(".nr HY 0");
        line(".ad l");
    }

    void section(String name) {
        line(".SH " + name);
        begun = true;
    }

    void subsection(String name) {
        line(".SS \"" + escaped(name) + "\"");
        begun = true;
    }

    void paragraph(String words) {
        begin();
        line(own(words));
    }

    void synopsis(String words) {
        begin();
        line(".B " + quoted(words));
    }

    void item(String term, String words) {
        line(".TP");
        begun = false;
        line(".B " + quoted(term));
        line(own(words));
    }

    void example(String words) {
        begin();
        line(".EX");
        line("  " + escaped(words));
        line(".EE");
    }

    private void begin() {
        if (!begun) {
            line(".PP");
        }
        begun = false;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String quoted(String words) {
        return "\"" + escaped(words).replace("\"", "\\(dq") + "\"";
    }

    /** Lines of text; one that begins with a dot or a quotation mark would be a request. */
    private static String own(String words) {
        var lines = new StringBuilder();
        int length = 0;
        for (var word : escaped(words.replace('\n', ' ')).split(" ", -1)) {
            if (length > 0 && length + word.length() >= WIDTH) {
                lines.append('\n');
                length = 0;
            } else if (length > 0) {
                lines.append(' ');
            }
            lines.append(length == 0 && (word.startsWith(".") || word.startsWith("'")) ? "\\&" : "")
                    .append(word);
            length += word.length() + 1;
        }
        return lines.toString();
    }

    private static String escaped(String words) {
        var escaped = new StringBuilder();
        words.codePoints().forEach(point -> {
            switch (point) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                default -> {
                    if (point > LAST_ASCII) {
                        escaped.append(String.format(Locale.ROOT, "\\[u%04X]", point));
                    } else {
                        escaped.appendCodePoint(point);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
