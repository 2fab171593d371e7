// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What only the client knows that asked for a token: 43 to 128 unreserved characters (RFC 7636 section 4.1). The
 * command that uses the token never sees it. A secret, so its {@code toString} shows nothing.
 */
public final class HolderVerifier {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final HolderChallenge challenge;

    private HolderVerifier(HolderChallenge challenge) {
        this.challenge = challenge;
    }

    /** The verifier, or empty when the text is not one. */
    public static Optional<HolderVerifier> of(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new HolderVerifier(new HolderChallenge(Base64Url.encode(Sha256.of(text)))))
                : Optional.empty();
    }

    /** What this verifier's holder must have given with its request. */
    public HolderChallenge challenge() {
        return challenge;
    }

    @Override
    public String toString() {
        return "HolderVerifier[secret]";
    }
}
