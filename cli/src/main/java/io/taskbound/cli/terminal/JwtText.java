// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.Base64;
import java.util.Optional;

/** What a JWT (RFC 7519 section 3) says, read without any check: to show it to a person, never to act on it. */
public record JwtText(JsonObject header, JsonObject claims) {

    /** Empty when the text is no signed JWT in compact form. */
    public static Optional<JwtText> read(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JwtText(json(parts[0]), json(parts[1])));
        } catch (MalformedJson | IllegalArgumentException notJson) {
            return Optional.empty();
        }
    }

    private static JsonObject json(String part) throws MalformedJson {
        return StrictJson.parseObject(Base64.getUrlDecoder().decode(part));
    }
}
