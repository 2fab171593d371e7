// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.TaskToken;
import io.taskbound.client.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMasksTest {
    private static final Vectors FILE = Vectors.read("masking.json");

    static Stream<Arguments> cases() {
        return FILE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areTheSetOfTheVector(Map<String, Object> vector) {
        assertThat(masks((String) vector.get("token")))
                .containsExactlyInAnyOrderElementsOf(Vectors.texts(vector.get("masks")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "Authorization: Bearer ", "{\"token\":\""})
    void findTheTokenInTheBase64OfALongerText(String before) {
        String token = "eyJhbGciOiJFUzI1NiJ9.eyJuIjoxfQ.c2lnbmF0dXJl";
        for (String after : new String[] {"", "x", "xy", "\n"}) {
            byte[] whole = (before + token + after).getBytes(StandardCharsets.UTF_8);
            assertThat(masks(token))
                    .anyMatch(Base64.getEncoder().encodeToString(whole)::contains)
                    .anyMatch(Base64.getUrlEncoder().encodeToString(whole)::contains);
        }
    }

    @Test
    void leaveOutWhatIsTooShortToBlackOut() {
        assertThat(masks("a.b.c")).isEmpty();
    }

    private static Set<String> masks(String token) {
        return TokenMasks.of(TaskToken.of(token));
    }
}
