// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.IdToken;
import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.util.Optional;

/**
 * The claims of the caller's own ID token, read without any check: good for showing the caller who it said it is, and
 * for nothing else. Every text is made printable on its way out.
 */
final class UnverifiedClaims {
    private final JsonObject claims;

    private UnverifiedClaims(JsonObject claims) {
        this.claims = claims;
    }

    /** Empty when the text is no JWT. */
    static Optional<UnverifiedClaims> of(IdToken idToken) {
        return idToken.unverifiedPayload().flatMap(JsonObject::parse).map(UnverifiedClaims::new);
    }

    boolean has(String name) {
        return claims.scalar(name).isPresent();
    }

    /** As is, for deciding what to show; not for showing. */
    Optional<String> raw(String name) {
        return claims.text(name);
    }

    /** For a log line. */
    Optional<String> shown(String name) {
        return claims.scalar(name).map(value -> Printable.of(value.toString()));
    }

    /** As a YAML scalar of the claim's own type. */
    Optional<String> asYaml(String name) {
        return claims.scalar(name)
                .map(value -> value instanceof String text ? Printable.quoted(text) : value.toString());
    }
}
