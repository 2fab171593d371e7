// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Reads JSON so that no two readers can see two different documents (RFC 8259; RFC 8725 section 3.7; threat model R5 to
 * R7, R29): valid UTF-8 without a byte order mark, no repeated member names, no comments, no NaN, nothing after the
 * value, at most {@value #MAX_DEPTH} levels, numbers of at most {@value #MAX_DIGITS} digits. Whatever is read can be
 * written and read again.
 *
 * <p>The caller limits the length of the input before calling.
 */
public final class StrictJson {
    public static final int MAX_DEPTH = 32;
    public static final int MAX_DIGITS = 40;
    private static final int MAX_EXPONENT = 64;

    /** Room for a sign, and for such a number written out: 40 digits and 64 zeros. */
    private static final int MAX_NUMBER_LENGTH = 128;

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    public static JsonValue parse(byte[] utf8) throws MalformedJson {
        var reader = new StrictJson(decode(utf8));
        var value = reader.value(0);
        reader.skipBlanks();
        if (reader.at < reader.text.length()) {
            throw reader.malformed("text after the value");
        }
        return value;
    }

    public static JsonObject parseObject(byte[] utf8) throws MalformedJson {
        if (parse(utf8) instanceof JsonObject object) {
            return object;
        }
        throw new MalformedJson("not an object", 0);
    }

    private static String decode(byte[] utf8) throws MalformedJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedJson("invalid UTF-8", 0);
        }
    }

    private JsonValue value(int depth) throws MalformedJson {
        skipBlanks();
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> new JsonString(string());
            case 't' -> literal("true", new JsonBoolean(true));
            case 'f' -> literal("false", new JsonBoolean(false));
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private JsonObject object(int depth) throws MalformedJson {
        limit(depth);
        at++;
        var members = new LinkedHashMap<String, JsonValue>();
        skipBlanks();
        if (peek() == '}') {
            at++;
            return JsonObject.owning(members);
        }
        while (true) {
            skipBlanks();
            var name = string();
            skipBlanks();
            expect(':');
            if (members.putIfAbsent(name, value(depth)) != null) {
                throw malformed("repeated member name");
            }
            skipBlanks();
            if (peek() == '}') {
                at++;
                return JsonObject.owning(members);
            }
            expect(',');
        }
    }

    private JsonArray array(int depth) throws MalformedJson {
        limit(depth);
        at++;
        List<JsonValue> items = new ArrayList<>();
        skipBlanks();
        if (peek() == ']') {
            at++;
            return new JsonArray(items);
        }
        while (true) {
            items.add(value(depth));
            skipBlanks();
            if (peek() == ']') {
                at++;
                return new JsonArray(items);
            }
            expect(',');
        }
    }

    private void limit(int depth) throws MalformedJson {
        if (depth > MAX_DEPTH) {
            throw malformed("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private String string() throws MalformedJson {
        expect('"');
        int end = plainEnd();
        if (text.charAt(end) == '"') {
            var plain = text.substring(at, end);
            at = end + 1;
            return plain;
        }
        var unescaped = new StringBuilder();
        while (true) {
            end = plainEnd();
            unescaped.append(text, at, end);
            at = end + 1;
            if (text.charAt(end) == '"') {
                return checkedSurrogates(unescaped.toString());
            }
            unescaped.append(escape());
        }
    }

    /** The place of the next quote or backslash; control characters must not stand in a string (RFC 8259 section 7). */
    private int plainEnd() throws MalformedJson {
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                return i;
            }
            if (c < 0x20) {
                at = i;
                throw malformed("control character in a string");
            }
        }
        at = text.length();
        throw malformed("unfinished string");
    }

    private char escape() throws MalformedJson {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("unknown escape");
        };
    }

    private char unicode() throws MalformedJson {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = hexDigit(peek());
            if (digit < 0) {
                throw malformed("malformed unicode escape");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    /** Not {@link Character#digit}: that accepts the digits of every script. */
    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /** Escapes can spell half a character, which no UTF-8 can carry: two readers would disagree about it. */
    private String checkedSurrogates(String string) throws MalformedJson {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw malformed("lone surrogate in a string");
            }
        }
        return string;
    }

    private JsonNumber number() throws MalformedJson {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peekOrEnd() == '0') {
            at++;
        } else {
            digits();
        }
        if (peekOrEnd() == '.') {
            at++;
            digits();
        }
        if (peekOrEnd() == 'e' || peekOrEnd() == 'E') {
            at++;
            if (peekOrEnd() == '+' || peekOrEnd() == '-') {
                at++;
            }
            digits();
        }
        if (at - start > MAX_NUMBER_LENGTH) {
            throw malformed("number too long");
        }
        return bounded(text.substring(start, at));
    }

    private JsonNumber bounded(String digits) throws MalformedJson {
        if (JsonNumber.isSmallWhole(digits)) {
            return JsonNumber.of(Long.parseLong(digits));
        }
        try {
            var value = new BigDecimal(digits);
            // A short text can stand for a number of a billion digits; nothing we read needs more than this.
            if (isBounded(value.scale()) && isBounded(value.stripTrailingZeros())) {
                return JsonNumber.of(value);
            }
        } catch (NumberFormatException exponentOverflow) {
            // the same answer as for any other exponent out of bounds
        }
        throw malformed("number out of bounds");
    }

    /** However it is written: 45e50 is within the bounds, and so are its 52 digits. */
    private static boolean isBounded(BigDecimal number) {
        return number.precision() <= MAX_DIGITS && isBounded(number.scale());
    }

    private static boolean isBounded(int scale) {
        return scale <= MAX_EXPONENT && scale >= -MAX_EXPONENT;
    }

    private void digits() throws MalformedJson {
        int start = at;
        while (peekOrEnd() >= '0' && peekOrEnd() <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed("unexpected character");
        }
    }

    private JsonValue literal(String word, JsonValue value) throws MalformedJson {
        if (!text.startsWith(word, at)) {
            throw malformed("unexpected character");
        }
        at += word.length();
        return value;
    }

    private void expect(char wanted) throws MalformedJson {
        if (peek() != wanted) {
            throw malformed("expected '" + wanted + "'");
        }
        at++;
    }

    private char peek() throws MalformedJson {
        if (at >= text.length()) {
            throw malformed("unfinished value");
        }
        return text.charAt(at);
    }

    private char peekOrEnd() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private MalformedJson malformed(String what) {
        return new MalformedJson(what, at);
    }
}
