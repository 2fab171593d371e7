// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;

/** Reads JSON that we wrote ourselves. */
final class Json {
    private Json() {}

    static JsonObject object(String text) {
        return object(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject object(byte[] text) {
        try {
            return StrictJson.parseObject(text);
        } catch (MalformedJson broken) {
            throw new IllegalStateException(broken);
        }
    }
}
