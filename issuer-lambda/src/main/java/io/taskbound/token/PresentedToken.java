// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.json.JsonArray;
import java.time.Instant;
import java.util.Optional;

/**
 * A task token that somebody presented and that we signed: signature, issuer and form are verified, nothing else. Only
 * the ledger knows whether it is alive. Only {@link TaskTokenVerifier} makes it.
 */
public final class PresentedToken {
    private final Jti jti;
    private final String audience;
    private final JsonArray authorizationDetails;
    private final Instant expires;
    private final Optional<KeyThumbprint> key;

    PresentedToken(
            Jti jti, String audience, JsonArray authorizationDetails, Instant expires, Optional<KeyThumbprint> key) {
        this.jti = jti;
        this.audience = audience;
        this.authorizationDetails = authorizationDetails;
        this.expires = expires;
        this.key = key;
    }

    public Jti jti() {
        return jti;
    }

    public String audience() {
        return audience;
    }

    public JsonArray authorizationDetails() {
        return authorizationDetails;
    }

    public Instant expires() {
        return expires;
    }

    /** That it is bound to. */
    public Optional<KeyThumbprint> key() {
        return key;
    }
}
