// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an argument may be. The first six can be a part of an identifier, so that the text of one says which argument it
 * was made of; never a regular expression.
 */
enum ArgumentClass {
    /** Letters, digits and {@code ._~@+=,-}: what {@code *} of a policy takes. */
    NAME("name"),
    DIGITS("digits"),
    /** In lower case. */
    HEX("hex"),
    /** 64 hex digits in lower case. */
    SHA256("sha256"),
    /** In lower case, with its dashes. */
    UUID("uuid"),
    /**
     * A whole number of JSON that every reader has exactly (RFC 7493 section 2.2): most keep 53 bits, so that of a
     * longer one the server would see another number than the token is for. In an identifier its decimal digits.
     */
    INTEGER("integer"),
    NUMBER("number"),
    BOOLEAN("boolean"),
    /** Any string of at most {@value #MAX_TEXT} characters: what the tool is told, never what it acts on. */
    TEXT("text");

    static final int MAX_TEXT = 16_384;
    private static final int MAX_LENGTH = 255;
    private static final long MAX_INTEGER = (1L << 53) - 1;
    private static final int SHA256_LENGTH = 64;
    private static final int UUID_LENGTH = 36;
    private static final List<Integer> UUID_DASHES = List.of(8, 13, 18, 23);
    private static final String NAME_SIGNS = "._~@+=,-";

    private final String word;

    ArgumentClass(String word) {
        this.word = word;
    }

    static Optional<ArgumentClass> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** All of them, for people. */
    static String words() {
        return Arrays.stream(values()).map(ArgumentClass::word).collect(Collectors.joining(", "));
    }

    /** As the map says it. */
    String word() {
        return word;
    }

    /** What one is, for whoever called a tool wrongly: a person or a model. */
    String inWords() {
        return switch (this) {
            case NAME -> "a string of 1 to " + MAX_LENGTH + " letters, digits and " + NAME_SIGNS;
            case DIGITS -> "a string of digits";
            case HEX -> "a string of hex digits in small letters";
            case SHA256 -> "a string of 64 hex digits in small letters";
            case UUID -> "a UUID in small letters";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case TEXT -> "a string of at most " + MAX_TEXT + " characters";
        };
    }

    /** Strings that name something: a token for one must not be good for another, unless the map says so. */
    boolean names() {
        return this == NAME || this == DIGITS || this == HEX || this == SHA256 || this == UUID;
    }

    /** Whether it can be a part of an identifier. */
    boolean isForIdentifiers() {
        return names() || this == INTEGER;
    }

    /** Whether the text that an identifier has of one could have this character. */
    boolean mayHold(int c) {
        return switch (this) {
            case NAME -> isOfName(c);
            case DIGITS -> isDigit(c);
            case HEX, SHA256 -> isHexDigit(c);
            case UUID -> isHexDigit(c) || c == '-';
            case INTEGER -> isDigit(c) || c == '-';
            case NUMBER, BOOLEAN, TEXT -> false;
        };
    }

    /** All are of one length, so that the next character is known to belong to something else. */
    boolean hasOneLength() {
        return this == SHA256 || this == UUID;
    }

    /** Whether the value is one, of its own JSON type: a number in quotes is a string. */
    boolean accepts(JsonValue value) {
        return switch (this) {
            case INTEGER ->
                value instanceof JsonNumber number
                        && number.wholeNumber().isPresent()
                        && isExact(number.wholeNumber().getAsLong());
            case NUMBER -> value instanceof JsonNumber;
            case BOOLEAN -> value instanceof JsonBoolean;
            case TEXT -> value instanceof JsonString text && text.value().length() <= MAX_TEXT;
            default -> value instanceof JsonString text && isPart(text.value());
        };
    }

    /** Whether the text is what an identifier has of one. */
    boolean isPart(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(this::mayHold) && hasForm(text);
    }

    private boolean hasForm(String text) {
        return switch (this) {
            case SHA256 -> text.length() == SHA256_LENGTH;
            case UUID -> hasFormOfUuid(text);
            case INTEGER -> isWholeNumber(text);
            default -> true;
        };
    }

    private static boolean isWholeNumber(String text) {
        try {
            long number = Long.parseLong(text);
            return Long.toString(number).equals(text) && isExact(number);
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }

    private static boolean isExact(long number) {
        return number >= -MAX_INTEGER && number <= MAX_INTEGER;
    }

    private static boolean hasFormOfUuid(String text) {
        return text.length() == UUID_LENGTH
                && text.chars().filter(c -> c == '-').count() == UUID_DASHES.size()
                && UUID_DASHES.stream().allMatch(at -> text.charAt(at) == '-');
    }

    private static boolean isOfName(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || NAME_SIGNS.indexOf(c) >= 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }
}
