// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.digest.Base64Url;
import java.util.Optional;

/**
 * What the client that asks for a token gives along: base64url of SHA-256 of a {@link HolderVerifier} that it keeps to
 * itself (RFC 7636 section 4.2, method S256). The record holds it, so that a copy of the token alone renews nothing.
 */
public record HolderChallenge(String value) {
    private static final int SHA_256_BYTES = 32;

    public HolderChallenge {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not base64url of a SHA-256");
        }
    }

    /** The challenge, or empty when the text is not one. */
    public static Optional<HolderChallenge> of(String text) {
        return isValid(text) ? Optional.of(new HolderChallenge(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return Base64Url.decode(text)
                .filter(bytes -> bytes.length == SHA_256_BYTES)
                .isPresent();
    }
}
