// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.IdToken;
import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The claims of the caller's own ID token, read without any check: good for showing the caller who it said it is, and
 * for nothing else. Every text is made printable on its way out.
 */
final class UnverifiedClaims {
    /** The year 9999: what {@link Instant} and people can do with. */
    private static final long MAX_SECONDS = 253_402_300_799L;

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

    /** A provider that writes "" means the same as one that leaves the claim out. */
    boolean hasText(String name) {
        return claims.scalar(name).filter(value -> !value.equals("")).isPresent();
    }

    /** As is, for deciding what to show; not for showing. */
    Optional<String> raw(String name) {
        return claims.text(name);
    }

    /** A time in whole seconds, as {@code iat} is. */
    Optional<Instant> time(String name) {
        return claims.whole(name)
                .filter(seconds -> Math.abs(seconds) <= MAX_SECONDS)
                .map(Instant::ofEpochSecond);
    }

    /** {@code aud}, which is one text or several. */
    List<String> audiences() {
        return claims.scalar("aud")
                .map(one -> List.of(one.toString()))
                .orElseGet(() -> claims.texts("aud").orElse(List.of()));
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
