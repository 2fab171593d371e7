// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

import java.util.Locale;

/**
 * A piece of HTML that grows. What is put in as text or as a value is escaped; what is put in as markup is written in
 * this package.
 */
final class Html {
    private final StringBuilder html = new StringBuilder();

    /** Markup of our own. */
    Html add(String markup) {
        html.append(markup);
        return this;
    }

    Html add(Html other) {
        html.append(other.html);
        return this;
    }

    /** Anybody's text, between tags. */
    Html text(String text) {
        html.append(escaped(text));
        return this;
    }

    /** A paragraph of anybody's text. */
    Html paragraph(String text) {
        return add("<p>").text(text).add("</p>\n");
    }

    /** Anybody's text in a direction of its own, so that it cannot turn around what stands beside it. */
    Html isolated(String text) {
        return add("<bdi>").text(text).add("</bdi>");
    }

    /** An attribute with anybody's value, with a blank before it. */
    Html attribute(String name, String value) {
        return add(" ").add(name).add("=\"").text(value).add("\"");
    }

    /**
     * The text for any place between tags or quotes. What would not be seen is made visible: control characters, and
     * those that turn or hide text, such as U+202E, could make a person approve what they did not read.
     */
    static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    if (isInvisible(c)) {
                        escaped.append(String.format(Locale.ROOT, "[U+%04X]", c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
