// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a login gave. Whoever has the client token can use it, so {@link #toString} shows nothing.
 *
 * @param accessor empty for a batch token, which nobody can revoke
 * @param life as the answer says; renewing may make it longer
 */
record Login(String clientToken, String accessor, Duration life) {
    /** A batch token holds its metadata and the names of its policies itself. */
    private static final int MAX_TOKEN = 8 * 1024;

    private static final int MAX_ACCESSOR = 256;
    private static final long MAX_SECONDS = Duration.ofDays(366).toSeconds();

    /** Empty for an answer that has no token, or one that no header, file or variable may have. */
    static Optional<Login> read(Optional<JsonValue> answer) {
        var auth = auth(answer);
        var token = auth.string("client_token").filter(text -> isPrintable(text, MAX_TOKEN));
        var accessor = auth.string("accessor").filter(text -> text.isEmpty() || isPrintable(text, MAX_ACCESSOR));
        var seconds = auth.wholeNumber("lease_duration");
        return token.isEmpty() || token.get().isEmpty() || accessor.isEmpty() || !isLife(seconds)
                ? Optional.empty()
                : Optional.of(new Login(token.get(), accessor.get(), Duration.ofSeconds(seconds.getAsLong())));
    }

    /** Of what was made, also if the token itself cannot be used. */
    static Optional<String> accessor(Optional<JsonValue> answer) {
        return auth(answer).string("accessor").filter(text -> !text.isEmpty() && isPrintable(text, MAX_ACCESSOR));
    }

    private static JsonObject auth(Optional<JsonValue> answer) {
        return answer.filter(JsonObject.class::isInstance)
                .flatMap(object -> ((JsonObject) object).object("auth"))
                .orElse(JsonObject.EMPTY);
    }

    /** Zero is a token that never ends. */
    private static boolean isLife(OptionalLong seconds) {
        return seconds.isPresent() && seconds.getAsLong() >= 0 && seconds.getAsLong() <= MAX_SECONDS;
    }

    private static boolean isPrintable(String text, int max) {
        return text.length() <= max && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Whether it can be looked up and revoked: it is a service token. */
    boolean isRevocable() {
        return !accessor.isEmpty();
    }

    @Override
    public String toString() {
        return "Login";
    }
}
