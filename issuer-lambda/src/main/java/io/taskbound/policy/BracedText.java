// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Text with names in braces, each of which stands for one or more letters, digits and {@code . _ -}. */
final class BracedText {
    /** What stands for a name is letters, digits and these. */
    static final String SIGNS = "._-";

    private static final int MAX_NAME = 32;

    /** A piece of it: plain text, or a name without its braces. */
    record Part(String text, boolean isName) {}

    private final List<Part> parts;

    private BracedText(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws BadPattern when a brace has no partner, or what they hold is no name */
    static BracedText parse(String text) throws BadPattern {
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            var plain = text.substring(at, open < 0 ? text.length() : open);
            if (plain.indexOf('}') >= 0) {
                throw new BadPattern("has a } without {", "write {name} for what differs");
            }
            if (!plain.isEmpty()) {
                parts.add(new Part(plain, false));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            var name = close < 0 ? "" : text.substring(open + 1, close);
            if (name.length() > MAX_NAME || !AsciiText.isOf(name, "_")) {
                throw new BadPattern("has braces that hold no name", "write {name} for what differs");
            }
            parts.add(new Part(name, true));
            at = close + 1;
        }
        return new BracedText(parts);
    }

    /** Of one that the policy's reader has taken. */
    static BracedText checked(String text) {
        try {
            return parse(text);
        } catch (BadPattern bad) {
            throw new IllegalArgumentException(bad.what(), bad);
        }
    }

    List<Part> parts() {
        return parts;
    }

    Set<String> names() {
        var names = new TreeSet<String>();
        parts.stream().filter(Part::isName).forEach(part -> names.add(part.text()));
        return names;
    }

    /**
     * Whether a text can be of this form in one way only: each name stands once, and ends where a sign follows that no
     * value has.
     */
    boolean isClear() {
        for (int i = 0; i + 1 < parts.size(); i++) {
            if (parts.get(i).isName() && runsOn(parts.get(i + 1))) {
                return false;
            }
        }
        return names().size() == parts.stream().filter(Part::isName).count();
    }

    private static boolean runsOn(Part next) {
        return next.isName() || isOfValue(next.text().charAt(0));
    }

    static boolean isOfValue(int c) {
        return AsciiText.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0;
    }

    /** What the names stand for in a text of this form; only for one that {@link #isClear is clear}. */
    Optional<Map<String, String>> match(String text) {
        var values = new LinkedHashMap<String, String>();
        int at = 0;
        for (var part : parts) {
            int end = part.isName() ? endOfValue(text, at) : at + part.text().length();
            if (part.isName() && end > at) {
                values.put(part.text(), text.substring(at, end));
            } else if (part.isName() || !text.startsWith(part.text(), at)) {
                return Optional.empty();
            }
            at = end;
        }
        return at == text.length() ? Optional.of(values) : Optional.empty();
    }

    private static int endOfValue(String text, int start) {
        int end = start;
        while (end < text.length() && isOfValue(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** @param values of every name in it */
    String fill(Map<String, String> values) {
        var filled = new StringBuilder();
        for (var part : parts) {
            filled.append(
                    part.isName() ? Optional.ofNullable(values.get(part.text())).orElseThrow() : part.text());
        }
        return filled.toString();
    }
}
