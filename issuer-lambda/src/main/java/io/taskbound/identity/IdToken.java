// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

/**
 * An ID token as it was received, with nothing checked. Only {@link IdentityVerifier} can read its text, which never
 * appears in a log, an exception or a {@code toString}.
 */
public final class IdToken {
    private final String text;

    private IdToken(String text) {
        this.text = text;
    }

    public static IdToken of(String text) {
        return new IdToken(text);
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "IdToken";
    }
}
