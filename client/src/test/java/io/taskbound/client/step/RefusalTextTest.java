// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.Samples;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.Vectors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RefusalTextTest {
    private static final Vectors FILE = Vectors.read("refusal-text.json");

    static Stream<Arguments> cases() {
        return FILE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAsTheVectorSays(Map<String, Object> vector) {
        assertThat(text(vector)).isEqualTo(String.join("\n", Vectors.texts(vector.get("text"))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void proposesARuleThatHoldsTheClaimsThemselves(Map<String, Object> vector) {
        String text = text(vector);
        int start = text.indexOf("    allow:");
        if (start < 0) {
            return;
        }
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(text.substring(start));
        Map<String, Object> entry =
                Vectors.objects(Vectors.object(yaml).get("allow")).get(0);
        Map<String, Object> bound = Vectors.object(entry.get("claims"));
        Map<String, Object> claims = Vectors.object(vector.get("claims"));
        assertThat(bound)
                .isNotEmpty()
                .allSatisfy((name, value) -> assertThat(value instanceof List<?> spellings ? spellings.get(0) : value)
                        .isEqualTo(claims.get(name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isPrintableAsciiAndHoldsNoToken(Map<String, Object> vector) {
        assertThat(text(vector)).matches("[ -~\n]+").doesNotContain("CANARY");
    }

    @Test
    void neverShowsAnIdTokenThatIsNoJwt() {
        MintAnswer.Refused refused = Samples.refused(Map.of("error", "invalid_request"), IdToken.of("x"), false);
        for (String text : List.of("CANARY", "CANARY.CANARY", "a.CANARY.b", "a.W10.b", "a.b.c.CANARY")) {
            assertThat(RefusalText.of(IssuerUrl.of(FILE.text("issuer")), Samples.request(), IdToken.of(text), refused))
                    .contains("The ID token is not a readable JWT.")
                    .doesNotContain("CANARY");
        }
    }

    private static String text(Map<String, Object> vector) {
        IdToken idToken = vector.get("claims") == null
                ? IdToken.of("CANARY")
                : Samples.idTokenWith(JSONObjectUtils.toJSONString(Vectors.object(vector.get("claims"))));
        MintAnswer.Refused refused = Samples.refused(
                Vectors.object(vector.get("refusal")), idToken, (Boolean) vector.get("after_lost_answer"));
        TaskRequest request = TaskRequest.of(Vectors.objects(vector.get("details")).stream()
                .map(RefusalTextTest::detail)
                .toArray(TaskDetail[]::new));
        return RefusalText.of(
                IssuerUrl.of(FILE.text("issuer")), request, idToken, refused, Instant.ofEpochSecond(FILE.whole("now")));
    }

    private static TaskDetail detail(Map<String, Object> vector) {
        return new TaskDetail(
                (String) vector.get("task"),
                Vectors.texts(vector.get("actions")),
                Vectors.texts(vector.get("locations")),
                (String) vector.get("identifier"));
    }
}
