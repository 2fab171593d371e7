// SPDX-License-Identifier: Apache-2.0
package io.taskbound.digest;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64url with exactly one text for each value: no padding, no blanks, no unused bits set (RFC 7515 section 2, RFC
 * 4648 section 3.5). Otherwise one signature would have several spellings.
 */
public final class Base64Url {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    public static Optional<byte[]> decode(String text) {
        int rest = text.length() % 4;
        if (rest == 1 || text.indexOf('=') >= 0 || (rest > 0 && unusedBitsSet(text, rest))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException otherCharacter) {
            return Optional.empty();
        }
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** So many random bytes. */
    public static String random(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return encode(random);
    }

    private static boolean unusedBitsSet(String text, int rest) {
        int last = ALPHABET.indexOf(text.charAt(text.length() - 1));
        int unused = rest == 2 ? 0b1111 : 0b11;
        return last < 0 || (last & unused) != 0;
    }
}
