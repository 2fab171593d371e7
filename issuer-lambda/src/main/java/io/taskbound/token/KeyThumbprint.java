// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names a public key: base64url of the SHA-256 of its JWK (RFC 7638 section 3). A token that is bound to a key says it
 * as {@code cnf.jkt} (RFC 9449 section 6.1).
 */
public record KeyThumbprint(String value) {
    private static final int SHA_256_BYTES = 32;

    public KeyThumbprint {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not base64url of a SHA-256");
        }
    }

    /** The thumbprint, or empty when the text is not one. */
    public static Optional<KeyThumbprint> of(String text) {
        return isValid(text) ? Optional.of(new KeyThumbprint(text)) : Optional.empty();
    }

    /**
     * Of a key on P-256. Nimbus writes the same by a JSON library that a cold start would wait for.
     *
     * @param x in base64url, as the JWK has it
     * @param y in base64url
     */
    static KeyThumbprint ofP256(String x, String y) {
        var required = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
        return new KeyThumbprint(Base64Url.encode(Sha256.of(required.getBytes(StandardCharsets.US_ASCII))));
    }

    private static boolean isValid(String text) {
        return Base64Url.decode(text)
                .filter(bytes -> bytes.length == SHA_256_BYTES)
                .isPresent();
    }

    @Override
    public String toString() {
        return value;
    }
}
