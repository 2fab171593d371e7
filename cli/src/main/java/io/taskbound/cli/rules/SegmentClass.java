// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a variable of a path may be: never a regular expression, so that two classes can be compared. */
enum SegmentClass {
    /** Letters, digits and {@code ._~@+=,-}: what {@code *} of a policy takes. */
    NAME("name"),
    DIGITS("digits"),
    /** In lower case. */
    HEX("hex"),
    /** 64 hex digits in lower case. */
    SHA256("sha256"),
    /** In lower case, with its dashes. */
    UUID("uuid");

    private static final int MAX_LENGTH = 255;
    private static final int SHA256_LENGTH = 64;
    private static final int UUID_LENGTH = 36;
    private static final List<Integer> UUID_DASHES = List.of(8, 13, 18, 23);
    private static final String NAME_SIGNS = "._~@+=,-";

    private final String word;

    SegmentClass(String word) {
        this.word = word;
    }

    static Optional<SegmentClass> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** As {@code where} of a rule says it. */
    String word() {
        return word;
    }

    /** Whether a segment of a path is one: 1 to 255 characters. */
    boolean accepts(String segment) {
        return !segment.isEmpty()
                && segment.length() <= MAX_LENGTH
                && segment.chars().allMatch(this::mayHold)
                && hasForm(segment);
    }

    private boolean hasForm(String text) {
        return switch (this) {
            case NAME, DIGITS, HEX -> true;
            case SHA256 -> text.length() == SHA256_LENGTH;
            case UUID -> hasFormOfUuid(text);
        };
    }

    private static boolean hasFormOfUuid(String text) {
        return text.length() == UUID_LENGTH
                && text.chars().filter(c -> c == '-').count() == UUID_DASHES.size()
                && UUID_DASHES.stream().allMatch(at -> text.charAt(at) == '-');
    }

    /** Whether one could have this character. */
    boolean mayHold(int c) {
        return switch (this) {
            case NAME -> RequestTarget.isLetterOrDigit(c) || NAME_SIGNS.indexOf(c) >= 0;
            case DIGITS -> isDigit(c);
            case HEX, SHA256 -> isHexDigit(c);
            case UUID -> isHexDigit(c) || c == '-';
        };
    }

    /** All are of one length, so that the next character is known to belong to something else. */
    boolean hasOneLength() {
        return this == SHA256 || this == UUID;
    }

    /** Whether there is a segment that both accept. */
    boolean overlaps(SegmentClass other) {
        return this == NAME || other == NAME || this == other || (this != UUID && other != UUID);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }
}
