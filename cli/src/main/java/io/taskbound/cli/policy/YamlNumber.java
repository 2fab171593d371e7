// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonNumber;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * YAML's numbers are JSON's and some more: {@code 0x1f}, {@code 0o17}, {@code 007}, {@code +1}, {@code .inf}. Those are
 * not read.
 */
final class YamlNumber {
    private YamlNumber() {}

    static Optional<JsonNumber> read(String text) {
        try {
            return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonNumber number
                    ? Optional.of(number)
                    : Optional.empty();
        } catch (MalformedJson notInJson) {
            return Optional.empty();
        }
    }

    /** YAML can escape one half of a surrogate pair, which no JSON document may hold. */
    static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
