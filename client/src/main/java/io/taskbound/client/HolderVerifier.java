// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * What proves that a token is in the hands of the client that asked for it. The request carries the verifier's hash,
 * and each heartbeat the verifier itself, so that whoever copies the token cannot keep it alive. Keep it out of reach
 * of what uses the token. A secret: {@link #toString} shows nothing.
 */
public final class HolderVerifier {
    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final String text;

    private HolderVerifier(String text) {
        this.text = text;
    }

    /** A new one, of 32 random bytes (RFC 7636 section 4.1). */
    public static HolderVerifier random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new HolderVerifier(Base64URL.encode(bytes).toString());
    }

    /**
     * One that was kept, as {@link #reveal} gave it. Refuses what is not 43 to 128 letters, digits and {@code -._~}
     * with {@link IllegalArgumentException}.
     */
    public static HolderVerifier of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a holder's verifier");
        }
        return new HolderVerifier(text);
    }

    /** The verifier itself, for a host that keeps it, sealed, over a restart. */
    public String reveal() {
        return text;
    }

    /** Base64url of its SHA-256 (RFC 7636 section 4.2, method S256); no secret. */
    String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(digest).toString();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return "HolderVerifier[secret]";
    }
}
