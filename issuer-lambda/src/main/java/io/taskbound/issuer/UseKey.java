// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import io.taskbound.task.ServerName;
import java.util.Optional;

/** The key under which the record remembers a use: base64url of 12 bytes. */
final class UseKey {
    private static final int BYTES = 12;

    private UseKey() {}

    /** The same for the same server and use_id; without a use_id a key of its own for each call. */
    static String of(ServerName server, Optional<String> useId) {
        return useId.map(id -> Sha256.base64Url(server + "\n" + id, BYTES)).orElseGet(() -> Base64Url.random(BYTES));
    }
}
