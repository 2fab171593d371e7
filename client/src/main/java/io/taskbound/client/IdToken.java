// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

/**
 * The CI system's signed statement of who is running (OpenID Connect Core section 2), as the caller fetched it. Nothing
 * about it is checked here; the issuer does that. A secret: it never shows in {@link #toString}.
 */
public final class IdToken {
    private final String text;

    private IdToken(String text) {
        this.text = text;
    }

    /** Refuses an empty text and one over 16 KB, which no issuer takes, with {@link IllegalArgumentException}. */
    public static IdToken of(String text) {
        return new IdToken(SecretText.checked("ID token", text));
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "IdToken[secret]";
    }
}
