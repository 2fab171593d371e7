// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the four systems prove themselves with, against the secrets that are active. */
final class Signatures {
    private static final int SHA256_HEX = 64;

    private Signatures() {}

    /** 64 hexadecimal digits; empty for anything else. */
    static Optional<byte[]> hex(String text) {
        if (text.length() != SHA256_HEX) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException noHex) {
            return Optional.empty();
        }
    }

    /** Whether one of the secrets has signed the parts; every secret is tried, so that time does not tell which. */
    static boolean signed(List<HookSecret> secrets, byte[] signature, byte[]... parts) {
        boolean signed = false;
        for (var secret : secrets) {
            signed |= secret.signed(signature, parts);
        }
        return signed;
    }

    static boolean isOneOf(List<HookSecret> secrets, String text) {
        boolean found = false;
        for (var secret : secrets) {
            found |= secret.is(text);
        }
        return found;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
