// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.digest.Sha256;
import io.taskbound.task.ServerName;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The key under which the record remembers a use: base64url of 12 bytes. */
final class UseKey {
    private static final int OCTETS = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UseKey() {}

    /** The same for the same server and use_id; without a use_id a key of its own for each call. */
    static String of(ServerName server, Optional<String> useId) {
        return useId.map(id -> Sha256.base64Url(server + "\n" + id, OCTETS)).orElseGet(UseKey::random);
    }

    private static String random() {
        var octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
