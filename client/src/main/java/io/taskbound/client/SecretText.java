// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

/** The one check that every secret passes on its way in. Messages name the kind of secret and never its text. */
final class SecretText {
    static final int MAX_LENGTH = 16 * 1024;

    private SecretText() {}

    static String checked(String kind, String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException(kind + " is empty");
        }
        if (trimmed.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(kind + " is longer than " + MAX_LENGTH + " characters");
        }
        // A line break would end an HTTP header line or a shell word and let the rest through as something else.
        if (!trimmed.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(kind + " holds a character that no token has");
        }
        return trimmed;
    }
}
