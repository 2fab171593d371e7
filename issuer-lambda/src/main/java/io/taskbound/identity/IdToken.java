// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.time.Duration;

/**
 * An ID token as it was received, with nothing checked. Only {@link IdentityVerifier} can read its text, which never
 * appears in a log, an exception or a {@code toString}.
 */
public final class IdToken {
    /** From {@code iat} to {@code exp}, at most: what closes or revokes a run must count for at least as long. */
    public static final Duration MAX_LIFE = Duration.ofHours(24);

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
