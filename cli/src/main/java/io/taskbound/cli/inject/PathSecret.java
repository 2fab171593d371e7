// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The first segment of every path that the proxy takes: 256 random bits, which only the command is told. Without it
 * whoever can reach the port could use the token. Never shown.
 */
final class PathSecret {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private PathSecret(String text) {
        this.text = text;
    }

    static PathSecret random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new PathSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * What follows it in a request's target: empty, or a text that begins with / or ?. No answer for a target that does
     * not begin with the secret.
     */
    Optional<String> after(String target) {
        int end = 1 + text.length();
        if (target.length() < end || target.charAt(0) != '/' || !isSecret(target.substring(1, end))) {
            return Optional.empty();
        }
        var rest = target.substring(end);
        return rest.isEmpty() || rest.startsWith("/") || rest.startsWith("?") ? Optional.of(rest) : Optional.empty();
    }

    private boolean isSecret(String sent) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isIn(String value) {
        return value.contains(text);
    }

    /** For the command's address alone. */
    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "PathSecret[secret]";
    }
}
