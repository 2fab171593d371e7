// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.util.Base64;
import java.util.Optional;

/**
 * Whether a token is a signed JWT (RFC 7519) whose {@code jti} is the handle that came beside it. The handle is shown,
 * stored and closed by; a peer that names another token's handle must not get its own token known under it. The
 * signature is not checked: a holder takes the token to servers that do.
 */
final class HandleInToken {
    private HandleInToken() {}

    static boolean isNamed(TaskToken token, String handle) {
        String[] parts = token.reveal().split("\\.", -1);
        return parts.length == 3
                && object(parts[0]).flatMap(header -> header.text("alg")).isPresent()
                && object(parts[1])
                        .flatMap(claims -> claims.text("jti"))
                        .filter(handle::equals)
                        .isPresent()
                && decoded(parts[2]).filter(signature -> signature.length > 0).isPresent();
    }

    private static Optional<JsonObject> object(String part) {
        return decoded(part).flatMap(JsonObject::parse);
    }

    private static Optional<byte[]> decoded(String part) {
        try {
            return part.contains("=")
                    ? Optional.empty()
                    : Optional.of(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
