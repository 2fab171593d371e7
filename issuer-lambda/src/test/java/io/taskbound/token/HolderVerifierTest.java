// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HolderVerifierTest {
    static Stream<JsonObject> vectors() throws Exception {
        var text = "{\"all\":" + Files.readString(Path.of("..", "contract", "holder.json")) + "}";
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8))
                .array("all")
                .map(JsonArray::items)
                .orElseThrow()
                .stream()
                .map(JsonObject.class::cast);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void belongsToOneChallenge(JsonObject vector) {
        var verifier = HolderVerifier.of(vector.string("verifier").orElseThrow());

        assertThat(verifier.map(HolderVerifier::challenge).map(HolderChallenge::value))
                .isEqualTo(vector.string("challenge"));
    }
}
