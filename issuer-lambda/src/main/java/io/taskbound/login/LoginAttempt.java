// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import io.taskbound.task.ProviderName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A login that has begun, as the browser remembers it in a cookie: only this browser can end it. It holds the verifier
 * of PKCE (RFC 7636 section 4.1), so it is never shown.
 */
public final class LoginAttempt {
    private static final int SECRET_BYTES = 32;
    private static final String VERSION = "1";
    private static final int PARTS = 6;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String state;
    private final String nonce;
    private final String verifier;
    private final ProviderName provider;
    private final String target;

    private LoginAttempt(String state, String nonce, String verifier, ProviderName provider, String target) {
        this.state = state;
        this.nonce = nonce;
        this.verifier = verifier;
        this.provider = provider;
        this.target = target;
    }

    /**
     * With fresh random values.
     *
     * @param target what the person wants to do once logged in; letters, digits and {@code - _ .}
     */
    public static LoginAttempt begin(ProviderName provider, String target) {
        return new LoginAttempt(random(), random(), random(), provider, target);
    }

    private static String random() {
        return Base64Url.random(SECRET_BYTES);
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    public static Optional<LoginAttempt> parse(String text) {
        var parts = text.split("\\.", PARTS);
        if (parts.length < PARTS
                || !parts[0].equals(VERSION)
                || !isSecret(parts[1])
                || !isSecret(parts[2])
                || !isSecret(parts[3])
                || !ProviderName.isValid(parts[4])) {
            return Optional.empty();
        }
        return Optional.of(new LoginAttempt(parts[1], parts[2], parts[3], new ProviderName(parts[4]), parts[5]));
    }

    private static boolean isSecret(String text) {
        return SECRET.matcher(text).matches();
    }

    /** For the browser's cookie. */
    public String text() {
        return String.join(".", VERSION, state, nonce, verifier, provider.value(), target);
    }

    public ProviderName provider() {
        return provider;
    }

    public String target() {
        return target;
    }

    String state() {
        return state;
    }

    String nonce() {
        return nonce;
    }

    String verifier() {
        return verifier;
    }

    /** RFC 7636 section 4.2, S256. */
    String challenge() {
        return Base64Url.encode(Sha256.of(verifier));
    }

    boolean isState(String given) {
        return same(state, given);
    }

    boolean isNonce(String given) {
        return same(nonce, given);
    }

    private static boolean same(String ours, String given) {
        return MessageDigest.isEqual(ours.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "LoginAttempt[" + provider + "]";
    }
}
