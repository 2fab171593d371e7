// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;

/** JSON that a test knows to be well-formed. */
final class Json {
    private Json() {}

    static JsonValue parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonValue parse(byte[] utf8) {
        try {
            return StrictJson.parse(utf8);
        } catch (MalformedJson malformed) {
            throw new AssertionError("not JSON: " + malformed.getMessage(), malformed);
        }
    }
}
