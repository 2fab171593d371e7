// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.policy.Openbao;
import java.net.URI;
import java.util.Optional;

/**
 * A JWT auth method, and the role of it by whose tokens the issuer revokes.
 *
 * @param address without a slash at its end
 * @param path {@code jwt} where {@code bao auth list} shows {@code jwt/}
 * @param audience {@code aud} of the JWTs for it
 */
record Mount(URI address, String path, Optional<String> namespace, String revokeRole, String audience) {
    static Mount of(Openbao server) {
        return new Mount(server.address(), server.mount(), server.namespace(), server.revokeRole(), server.audience());
    }

    @Override
    public String toString() {
        return "auth/" + path;
    }
}
