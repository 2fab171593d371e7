// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.resource;

import com.nimbusds.jose.util.Base64URL;
import io.taskbound.client.TaskToken;
import io.taskbound.client.internal.JsonObject;

/**
 * Whether a token says of itself that it is bound to a key. Under the scheme DPoP, one that is not would be let in
 * without its proof being looked at (RFC 9449 section 7.1). Looked at before the issuer is asked, which counts the use
 * and which alone knows whether the token is genuine.
 */
final class BoundToken {
    private BoundToken() {}

    static boolean saysSo(TaskToken token) {
        var parts = token.reveal().split("\\.", -1);
        return parts.length == 3
                && JsonObject.parse(new Base64URL(parts[1]).decode())
                        .flatMap(claims -> claims.object("cnf"))
                        .flatMap(cnf -> cnf.text("jkt"))
                        .isPresent();
    }
}
