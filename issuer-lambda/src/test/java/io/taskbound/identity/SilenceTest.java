// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A canary in every place of a token must never come out again, whatever goes wrong (threat model R40). */
class SilenceTest {
    private static final String CANARY = "c4n4ryc4n4ry";

    @Test
    void neverRepeatsAnythingOfATokenThatProvesNothing() {
        try (var scene = Scene.github()) {
            for (var token : hostile(scene)) {
                var answer = scene.verify(token);

                assertThat(answer).isInstanceOf(Verification.Rejected.class);
                assertThat(answer.toString()).doesNotContain(CANARY).doesNotContain(parts(token));
            }
        }
    }

    @Test
    void neverShowsATokenInToString() {
        try (var scene = Scene.github()) {
            var token = scene.signer.idToken(scene.claims().with("jti", CANARY));
            var verified = (Verification.Verified) scene.verify(token);
            var read = (CompactJws.Reading.Readable) CompactJws.read(IdToken.of(token));

            for (var shown :
                    List.of(IdToken.of(token), verified, verified.identity().proof(), read)) {
                assertThat(shown.toString()).doesNotContain(CANARY).doesNotContain(parts(token));
            }
        }
    }

    private static List<String> hostile(Scene scene) {
        var claims = scene.claims().with("jti", CANARY);
        var payload = JsonText.of(Proven.json(claims)).getBytes(UTF_8);
        var tokens = new ArrayList<String>();
        tokens.add(CANARY);
        tokens.add(CANARY + "." + CANARY + "." + CANARY);
        tokens.add(scene.signer.idToken(claims) + "=");
        tokens.add(scene.signer.sign("{\"alg\":\"" + CANARY + "\"}", payload));
        tokens.add(scene.signer.sign("{\"alg\":\"RS256\",\"kid\":\"" + CANARY + "\"}", payload));
        tokens.add(scene.signer.sign("{\"alg\":\"RS256\",\"typ\":\"" + CANARY + "\"}", payload));
        tokens.add(scene.signer.sign("{\"alg\":\"RS256\",\"jku\":\"" + CANARY + "\"}", payload));
        tokens.add(scene.signer.sign(scene.header(), ("{\"" + CANARY + "\":" + CANARY + "}").getBytes(UTF_8)));
        for (var name : List.of("iss", "aud", "exp", "iat", "nbf")) {
            tokens.add(scene.signer.idToken(claims.with(name, CANARY)));
        }
        var good = scene.signer.idToken(claims);
        tokens.add(good.substring(0, good.lastIndexOf('.')) + "." + "A".repeat(342));
        return tokens;
    }

    private static String[] parts(String token) {
        return Arrays.stream(token.split("\\."))
                .filter(part -> part.length() > 8)
                .toArray(String[]::new);
    }

    @Test
    void namesTheKeyIdOfAChangedKeyAlone() {
        try (var scene = Scene.github()) {
            var good = scene.signer.idToken(scene.claims().with("jti", CANARY));
            var forged = good.substring(0, good.lastIndexOf('.')) + "." + "A".repeat(342);
            var answer = (Verification.Rejected)
                    scene.verifier.verify(IdToken.of(forged), new Purpose.Exchange(Optional.empty()), Scene.NOW);

            assertThat(answer.reason()).isEqualTo(Rejection.KEY_CHANGED);
            assertThat(answer.detail()).contains("key id " + scene.signer.kid());
        }
    }
}
