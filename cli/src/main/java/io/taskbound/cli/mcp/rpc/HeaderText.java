// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How protocol version 2026-07-28 writes a value of a body into a header field. */
public final class HeaderText {
    private static final String BEGIN = "=?base64?";
    private static final String END = "?=";

    private HeaderText() {}

    /** As it stands if it is printable ASCII without blanks around it, else in base64 between markers. */
    public static String encode(String text) {
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                && text.equals(text.strip())
                && !text.isEmpty()
                && !isMarked(text);
        return plain ? text : BEGIN + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + END;
    }

    /** Empty for what cannot be read. */
    public static Optional<String> decode(String field) {
        if (!isMarked(field)) {
            return field.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? Optional.of(field) : Optional.empty();
        }
        try {
            var octets = Base64.getDecoder().decode(field.substring(BEGIN.length(), field.length() - END.length()));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isMarked(String text) {
        return text.length() >= BEGIN.length() + END.length() && text.startsWith(BEGIN) && text.endsWith(END);
    }
}
