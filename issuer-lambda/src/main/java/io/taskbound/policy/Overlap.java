// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;
import java.util.stream.IntStream;

/** Whether two patterns have an identifier in common. */
final class Overlap {
    private static final int WITHIN_SEGMENT = -1;
    private static final int ACROSS_SEGMENTS = -2;
    private static final int HEX_DIGIT = -3;
    private static final int OF_VALUE = -4;
    private static final int OF_VARIABLE = -5;
    private static final int SHA256_DIGITS = 64;
    private static final String SIGNS = "._~@+=,/:-";

    /** Every character of identifiers (see {@link io.taskbound.task.Identifier#RULE}). */
    private static final int[] ALPHABET = IntStream.rangeClosed(' ', '~')
            .filter(c -> AsciiText.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0)
            .toArray();

    private Overlap() {}

    static boolean between(BracedText one, BracedText other) {
        return between(steps(one), steps(other));
    }

    /** Whatever the pattern's variables stand for. */
    static boolean between(IdentifierPattern pattern, BracedText form) {
        return between(steps(pattern.parts()), steps(form));
    }

    private static int[] steps(BracedText text) {
        return text.parts().stream()
                .flatMapToInt(part ->
                        part.isName() ? IntStream.of(OF_VALUE) : part.text().chars())
                .toArray();
    }

    private static int[] steps(List<GlobPart> parts) {
        return parts.stream().flatMapToInt(Overlap::steps).toArray();
    }

    private static IntStream steps(GlobPart part) {
        if (part instanceof GlobPart.Wildcard wildcard) {
            return switch (wildcard) {
                case WITHIN_SEGMENT -> IntStream.of(WITHIN_SEGMENT);
                case ACROSS_SEGMENTS -> IntStream.of(ACROSS_SEGMENTS);
                case SHA256 -> IntStream.generate(() -> HEX_DIGIT).limit(SHA256_DIGITS);
            };
        }
        return part.literal().map(String::chars).orElseGet(() -> IntStream.of(OF_VARIABLE));
    }

    /** Every step takes at least one character, so it is enough to go through all pairs of places once. */
    private static boolean between(int[] one, int[] other) {
        var reached = new boolean[one.length + 1][other.length + 1];
        reached[0][0] = true;
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other.length; j++) {
                if (reached[i][j] && meet(one[i], other[j])) {
                    reached[i + 1][j + 1] = true;
                    reached[i + 1][j] |= repeats(other[j]);
                    reached[i][j + 1] |= repeats(one[i]);
                }
            }
        }
        return reached[one.length][other.length];
    }

    private static boolean repeats(int step) {
        return step < 0 && step != HEX_DIGIT;
    }

    private static boolean meet(int one, int other) {
        if (one >= 0) {
            return takes(other, one);
        }
        return other >= 0 ? takes(one, other) : IntStream.of(ALPHABET).anyMatch(c -> takes(one, c) && takes(other, c));
    }

    private static boolean takes(int step, int c) {
        return switch (step) {
            case WITHIN_SEGMENT -> c != '/' && c != ':';
            case ACROSS_SEGMENTS -> true;
            case HEX_DIGIT -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            case OF_VALUE -> BracedText.isOfValue(c);
            case OF_VARIABLE -> BracedText.isOfValue(c) || c == '/';
            default -> c == step;
        };
    }
}
