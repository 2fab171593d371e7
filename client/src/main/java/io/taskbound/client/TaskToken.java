// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.Optional;

/**
 * A task token as the issuer gave it, or as a resource server received it: a bearer secret, unchecked. It never shows
 * in {@link #toString}; {@link #reveal} is the one way to its text.
 */
public final class TaskToken {
    private final String text;

    private TaskToken(String text) {
        this.text = text;
    }

    /**
     * Refuses what cannot be a token (empty, over 16 KB, blanks or control characters) with
     * {@link IllegalArgumentException}.
     */
    public static TaskToken of(String text) {
        return new TaskToken(SecretText.checked("task token", text));
    }

    /** For text that came from elsewhere: empty where {@link #of} refuses. */
    public static Optional<TaskToken> received(String text) {
        try {
            return Optional.of(of(text));
        } catch (IllegalArgumentException notAToken) {
            return Optional.empty();
        }
    }

    /** The token itself. Hand it to the one service that it is for; never log it, never put it on a command line. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "TaskToken[secret]";
    }
}
