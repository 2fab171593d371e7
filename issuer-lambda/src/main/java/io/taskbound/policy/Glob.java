// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A pattern that must cover a text from its first to its last character: literals, {@code *} (one or more characters
 * other than {@code /} and {@code :}), {@code **} (one or more of any) and {@code {sha256}} (64 lower-case hex digits).
 *
 * <p>Every step takes at least one character, so the set of steps that may come next is all there is to remember: the
 * work is at most text length times pattern length, whatever the text (threat model R24).
 */
final class Glob {
    private static final int WITHIN_SEGMENT = -1;
    private static final int ACROSS_SEGMENTS = -2;
    private static final int HEX_DIGIT = -3;
    private static final int SHA256_DIGITS = 64;

    private final List<GlobPart> parts;
    private final String prefix;
    private final int[] rest;

    private Glob(List<GlobPart> parts) {
        this.parts = List.copyOf(parts);
        this.prefix = parts.isEmpty() ? "" : parts.get(0).literal().orElse("");
        this.rest = steps(prefix.isEmpty() ? parts : parts.subList(1, parts.size()));
    }

    /** Reads a pattern without variables. */
    static Glob of(String pattern) throws BadPattern {
        var parts = GlobParser.parse(pattern);
        if (parts.stream().anyMatch(GlobPart.Variable.class::isInstance)) {
            throw new BadPattern("a claim takes no ${…}", "write the value that the claim must have");
        }
        return of(parts, Map.of());
    }

    /** Puts values in the place of variables; a value is text, never a pattern, whatever it holds. */
    static Glob of(List<GlobPart> parts, Map<String, String> values) {
        var bound = new ArrayList<GlobPart>();
        var literal = new StringBuilder();
        for (var part : parts) {
            var text = part.text(values);
            if (text.isPresent()) {
                literal.append(text.get());
            } else {
                flush(literal, bound);
                bound.add(part);
            }
        }
        flush(literal, bound);
        return new Glob(bound);
    }

    private static void flush(StringBuilder literal, List<GlobPart> into) {
        if (!literal.isEmpty()) {
            into.add(new GlobPart.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static int[] steps(List<GlobPart> parts) {
        int length = 0;
        for (var part : parts) {
            length += length(part);
        }
        // Filled by hand: each request binds its patterns.
        int[] steps = new int[length];
        int at = 0;
        for (var part : parts) {
            at = write(part, steps, at);
        }
        return steps;
    }

    private static int length(GlobPart part) {
        if (part instanceof GlobPart.Wildcard wildcard) {
            return wildcard == GlobPart.Wildcard.SHA256 ? SHA256_DIGITS : 1;
        }
        return literal(part).length();
    }

    private static int write(GlobPart part, int[] steps, int at) {
        int end = at + length(part);
        if (part instanceof GlobPart.Wildcard wildcard) {
            int step =
                    switch (wildcard) {
                        case WITHIN_SEGMENT -> WITHIN_SEGMENT;
                        case ACROSS_SEGMENTS -> ACROSS_SEGMENTS;
                        case SHA256 -> HEX_DIGIT;
                    };
            Arrays.fill(steps, at, end, step);
        } else {
            var literal = literal(part);
            for (int i = at; i < end; i++) {
                steps[i] = literal.charAt(i - at);
            }
        }
        return end;
    }

    private static String literal(GlobPart part) {
        return part.literal().orElseThrow(() -> new IllegalArgumentException("a variable without a value"));
    }

    /** Whether the pattern is plain text, which only one value can match. */
    boolean isExact() {
        return rest.length == 0;
    }

    /** The plain text that every match begins with; may be empty. */
    String beginning() {
        return prefix;
    }

    /** The plain text that every match ends with; may be empty. */
    String end() {
        return parts.isEmpty() ? "" : parts.get(parts.size() - 1).literal().orElse("");
    }

    boolean matches(String text) {
        return text.length() >= prefix.length() + rest.length
                && text.startsWith(prefix)
                && (isExact() ? text.length() == prefix.length() : matchesFrom(prefix.length(), text));
    }

    private boolean matchesFrom(int start, String text) {
        int[] active = new int[rest.length + 1];
        int[] next = new int[rest.length + 1];
        int count = 1;
        for (int i = start; i < text.length() && count > 0; i++) {
            count = advance(active, count, text.charAt(i), next);
            int[] swap = active;
            active = next;
            next = swap;
        }
        return count > 0 && active[count - 1] == rest.length;
    }

    /** Both lists stay sorted and without repeats, because a step leads to itself or to the one after it only. */
    private int advance(int[] active, int count, char c, int[] next) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int step = active[i];
            if (step == rest.length || !takes(rest[step], c)) {
                continue;
            }
            boolean repeats = rest[step] == WITHIN_SEGMENT || rest[step] == ACROSS_SEGMENTS;
            if (repeats && (found == 0 || next[found - 1] < step)) {
                next[found++] = step;
            }
            next[found++] = step + 1;
        }
        return found;
    }

    private static boolean takes(int step, char c) {
        return switch (step) {
            case WITHIN_SEGMENT -> c != '/' && c != ':';
            case ACROSS_SEGMENTS -> true;
            case HEX_DIGIT -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            default -> c == step;
        };
    }

    @Override
    public String toString() {
        return parts.stream().map(GlobPart::toString).collect(Collectors.joining());
    }
}
