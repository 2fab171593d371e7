// SPDX-License-Identifier: Apache-2.0
package io.taskbound.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 of bytes, or of a string's UTF-8. */
public final class Sha256 {
    private static final MessageDigest UNUSED = unused();

    private Sha256() {}

    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of the text's UTF-8 followed by the bytes. */
    public static byte[] of(String first, byte[] rest) {
        var digest = digest();
        digest.update(first.getBytes(StandardCharsets.UTF_8));
        return digest.digest(rest);
    }

    /** 64 lower-case hex digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    /** The digest's first bytes in base64url without padding. */
    public static String base64Url(String text, int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(of(text), bytes));
    }

    /** A copy of one that has read nothing: to look a new one up takes longer than to hash a short text. */
    private static MessageDigest digest() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException theJdksCanBeCopied) {
            throw new IllegalStateException(theJdksCanBeCopied);
        }
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
