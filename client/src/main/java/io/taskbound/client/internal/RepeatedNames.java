// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether an object of a JSON text has a member name twice: the parser takes the last of them where another takes the
 * first, so that two readers would see two documents (RFC 8259 section 4). A name with an escape in it counts as
 * repeated, since it may spell any other.
 */
public final class RepeatedNames {
    private final String json;
    private final Deque<Set<String>> open = new ArrayDeque<>();
    private int at;

    private RepeatedNames(String json) {
        this.json = json;
    }

    /** @param json text that a parser has taken for JSON */
    public static boolean areIn(String json) {
        return new RepeatedNames(json).found();
    }

    private boolean found() {
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '{' || c == '[') {
                open.push(new HashSet<>());
            } else if (c == '}' || c == ']') {
                open.pop();
            } else if (c == '"' && isRepeated(string())) {
                return true;
            }
            at++;
        }
        return false;
    }

    /** The raw text between the quotes; {@code at} is left on the second. */
    private String string() {
        int begin = ++at;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return json.substring(begin, at);
    }

    private boolean isRepeated(String text) {
        int next = at + 1;
        while (next < json.length() && Character.isWhitespace(json.charAt(next))) {
            next++;
        }
        boolean isName = next < json.length() && json.charAt(next) == ':';
        return isName && (text.indexOf('\\') >= 0 || !open.element().add(text));
    }
}
