// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The name under which a token is shown and closed is the token's own, not what its peer says beside it. */
class HandleInTokenTest {
    private static final Vectors FILE = Vectors.read("granted-token.json");

    static Stream<Arguments> cases() {
        return FILE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void takesOnlyATokenThatNamesTheHandle(Map<String, Object> vector) {
        var token = (String) vector.get("access_token");
        String body = Samples.grant()
                .replace(Samples.TOKEN, token)
                .replace("\"jti\":\"" + Samples.HANDLE, "\"jti\":\"" + FILE.text("jti"));
        MintAnswer answer = IssuerClient.builder(IssuerUrl.of("https://tokens.acme.example"))
                .transport(request -> new TransportAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8)))
                .build()
                .mint(Samples.idToken(), Samples.request());

        if (Boolean.TRUE.equals(vector.get("ours"))) {
            assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
        } else {
            MintTest.assertNotAnIssuer(answer, "the address answered 200 without a whole grant");
            assertThat(answer.mayHaveLeftAToken()).isTrue();
            assertThat(answer.toString()).doesNotContain(token);
        }
    }
}
