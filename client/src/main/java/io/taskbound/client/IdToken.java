// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.util.Base64URL;
import io.taskbound.client.internal.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The CI system's signed statement of who is running (OpenID Connect Core section 2), as the caller fetched it. Nothing
 * about it is checked here; the issuer does that. A secret: it never shows in {@link #toString}.
 */
public final class IdToken {
    private final String text;

    private IdToken(String text) {
        this.text = text;
    }

    /** Refuses an empty text and one over 16 KB, which no issuer takes, with {@link IllegalArgumentException}. */
    public static IdToken of(String text) {
        return new IdToken(SecretText.checked("ID token", text));
    }

    /**
     * What the token says about its holder, as it came: the decoded second part of a JWT, which nobody has verified.
     * Good for showing people what they presented, never for a decision. Empty when the token has not three parts.
     */
    public Optional<byte[]> unverifiedPayload() {
        String[] parts = text.split("\\.", -1);
        return parts.length == 3 ? Optional.of(new Base64URL(parts[1]).decode()) : Optional.empty();
    }

    /**
     * For whom it says it is ({@code aud}), as it came, which nobody has verified. Empty when it does not say, and when
     * it is no readable JWT.
     */
    public List<String> unverifiedAudiences() {
        return unverifiedPayload()
                .flatMap(JsonObject::parse)
                .map(claims -> claims.text("aud")
                        .map(List::of)
                        .orElseGet(() -> claims.texts("aud").orElse(List.of())))
                .orElse(List.of());
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "IdToken[secret]";
    }
}
