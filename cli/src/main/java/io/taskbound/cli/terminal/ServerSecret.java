// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;

/** A resource server's secret: 32 random bytes in base64url. Silent in {@link #toString}. */
public final class ServerSecret {
    private static final int BYTES = 32;

    private final String text;

    private ServerSecret(String text) {
        this.text = text;
    }

    public static ServerSecret random() {
        return new ServerSecret(Base64Url.random(BYTES));
    }

    /** One that was made before. */
    public static ServerSecret of(String text) {
        return new ServerSecret(text);
    }

    /** The secret itself: for a file of its owner, never for a log. */
    public String reveal() {
        return text;
    }

    /** What the policy holds: SHA-256 of the secret's ASCII text in lower-case hex. */
    public String hash() {
        return Sha256.hex(text);
    }

    @Override
    public String toString() {
        return "ServerSecret[secret]";
    }
}
