// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.task.ServerName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Under which key the record remembers a use: base64url of 12 octets. */
final class UseKey {
    private static final int OCTETS = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UseKey() {}

    /** The same for the same server and use_id; without a use_id a key of its own for each call. */
    static String of(ServerName server, Optional<String> useId) {
        var octets = useId.map(id -> Arrays.copyOf(sha256(server + "\n" + id), OCTETS))
                .orElseGet(UseKey::random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static byte[] random() {
        var octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return octets;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
