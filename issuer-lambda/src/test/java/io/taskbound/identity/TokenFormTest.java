// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static io.taskbound.identity.Scene.rejection;
import static io.taskbound.identity.Scene.verified;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonText;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The strict layer: tokens signed by the right key whose form alone must get them refused (R5 to R9). */
class TokenFormTest {
    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.github();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static String good() {
        return scene.signer.idToken(scene.claims());
    }

    private static String payload() {
        return JsonText.of(Proven.json(scene.claims()));
    }

    private static Rejection signed(String header, String payload) {
        return rejection(scene.verify(scene.signer.sign(header, payload.getBytes(UTF_8))));
    }

    @Test
    void acceptsWhatTheProviderReallySigns() {
        var identity = verified(scene.verify(good()));

        assertThat(identity.caller().stableSubject()).isEqualTo("repo:1001/2002");
        assertThat(identity.issuedAt()).isEqualTo(Scene.NOW);
        assertThat(identity.expiresAt()).isEqualTo(Scene.NOW.plusSeconds(300));
        assertThat(identity.keyChanged()).isFalse();
    }

    @Test
    void acceptsUpTo16KilobytesAndNotOneCharacterMore() {
        int pad = 10_000;
        while (padded(pad + 1).length() <= CompactJws.MAX_TOKEN) {
            pad++;
        }

        assertThat(padded(pad).length()).isGreaterThan(CompactJws.MAX_TOKEN - 4);
        verified(scene.verify(padded(pad)));
        assertThat(rejection(scene.verify(padded(pad + 1)))).isEqualTo(Rejection.TOO_LARGE);
    }

    private static String padded(int octets) {
        return scene.signer.idToken(scene.claims().with("jti", "fixed").with("pad", "x".repeat(octets)));
    }

    @Test
    void refusesAHeaderOver4Kilobytes() {
        var header = scene.header().replace("\"JWT\"", "\"JWT\",\"x5t\":\"" + "x".repeat(4_000) + "\"");

        assertThat(signed(header, payload())).isEqualTo(Rejection.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a",
                "a.b",
                "a.b.c",
                "a.b.c.d.e",
                "{\"payload\":\"e30\",\"signatures\":[]}",
                "Bearer x.y.z",
                "\u0000.\u0000.\u0000",
                "ü.ü.ü"
            })
    void refusesWhatIsNoCompactToken(String token) {
        assertThat(rejection(scene.verify(token))).isEqualTo(Rejection.MALFORMED);
    }

    @Test
    void refusesTenThousandDots() {
        assertThat(rejection(scene.verify(".".repeat(10_000)))).isEqualTo(Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "==", " ", "\n", "\r\n", "\t", "\u0000", "+", "/", ".", "%3D"})
    void refusesAnythingAppended(String tail) {
        assertThat(rejection(scene.verify(good() + tail))).isEqualTo(Rejection.MALFORMED);
        assertThat(rejection(scene.verify(good().replaceFirst("\\.", tail + "."))))
                .isEqualTo(Rejection.MALFORMED);
    }

    /** The same bytes in a second spelling: a replay key made of the text would not know it again. */
    @Test
    void refusesUnusedBitsThatAreSet() {
        var token = good();
        char last = token.charAt(token.length() - 1);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var twin = token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
        var decoder = Base64.getUrlDecoder();

        assertThat(decoder.decode(twin.substring(twin.lastIndexOf('.') + 1)))
                .isEqualTo(decoder.decode(token.substring(token.lastIndexOf('.') + 1)));
        assertThat(rejection(scene.verify(twin))).isEqualTo(Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "\"x\"",
                "{",
                "{\"a\":1}x",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "{/* */\"a\":1}",
                "{'a':1}",
                "\uFEFF{\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"iss\":\"x\",\"iss\":\"x\"}",
                "{\"iss\":\"x\",\"\\u0069ss\":\"x\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":1e999999999}"
            })
    void refusesClaimsThatAreNotStrictJson(String payload) {
        assertThat(signed(scene.header(), payload)).isEqualTo(Rejection.MALFORMED);
    }

    @Test
    void refusesRepeatedClaimNamesThoughTheRestIsRight() {
        assertThat(signed(scene.header(), payload().replaceFirst("\\{", "{\"sub\":\"repo:acme/shop:evil\",")))
                .isEqualTo(Rejection.MALFORMED);
        assertThat(signed(scene.header().replace("{", "{\"alg\":\"none\","), payload()))
                .isEqualTo(Rejection.MALFORMED);
    }

    @Test
    void refusesOctetsThatAreNotUtf8() {
        var latin = payload().replace("octocat", "octoc\u00e4t").getBytes(ISO_8859_1);

        assertThat(rejection(scene.verify(scene.signer.sign(scene.header(), latin))))
                .isEqualTo(Rejection.MALFORMED);
    }

    @Test
    void refusesDepthOver32() {
        var deep = "[".repeat(33) + "]".repeat(33);

        assertThat(signed(scene.header(), payload().replaceFirst("\\{", "{\"deep\":" + deep + ",")))
                .isEqualTo(Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jku\":\"https://evil.example/jwks\"",
                "\"jwk\":{\"kty\":\"RSA\"}",
                "\"x5u\":\"https://evil.example/x\"",
                "\"x5c\":[\"x\"]",
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"b64\":true",
                "\"b64\":false",
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"enc\":\"A256GCM\"",
                "\"epk\":{}",
                "\"p2c\":1000000",
                "\"apu\":\"x\"",
                "\"KID\":\"x\"",
                "\"Crit\":[]",
                "\"X5C\":[]",
                "\"x5t\":5"
            })
    void refusesHeaderMembersThatBringAKeyOrChangeTheMeaning(String member) {
        assertThat(signed(scene.header().replaceFirst("\\{", "{" + member + ","), payload()))
                .isEqualTo(Rejection.HEADER_NOT_ALLOWED);
    }

    /** A provider adds a member some day (RFC 7515 section 4). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x-trace\":\"00-4bf9\"",
                "\"x-trace\":5",
                "\"x-trace\":null",
                "\"x-trace\":true",
                "\"x-trace\":[\"a\"]",
                "\"x-trace\":{\"jwk\":{\"kty\":\"RSA\"},\"crit\":[]}",
                "\"unheard\":\"of\"",
                "\"nonce\":\"n\",\"iss\":\"https://evil.example\",\"ver\":\"2\"",
                "\"\":\"\""
            })
    void ignoresHeaderMembersThatNobodyKnows(String member) {
        verified(scene.verify(scene.signer.sign(
                scene.header().replaceFirst("\\{", "{" + member + ","),
                payload().getBytes(UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "[\"k\"]", "{}", "\"\""})
    void refusesAKeyIdThatIsNoText(String kid) {
        assertThat(signed("{\"alg\":\"RS256\",\"kid\":" + kid + "}", payload()))
                .isEqualTo(Rejection.HEADER_NOT_ALLOWED);
    }

    @Test
    void refusesAKeyIdOver256Characters() {
        assertThat(signed("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(257) + "\"}", payload()))
                .isEqualTo(Rejection.HEADER_NOT_ALLOWED);
        assertThat(signed("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(256) + "\"}", payload()))
                .isEqualTo(Rejection.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"at+jwt", "application/at+jwt", "application/jwt", "JWS", "JWE", "", "JWT ", "secevent+jwt"})
    void refusesTokensOfAnotherType(String type) {
        assertThat(signed(scene.header().replace("\"JWT\"", "\"" + type + "\""), payload()))
                .isEqualTo(Rejection.WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"typ\":\"JWT\"", ",\"typ\":\"jwt\"", ",\"typ\":\"Jwt\"", ""})
    void acceptsTheTypeOfAJwtInAnyCaseAndNone(String type) {
        var header = "{\"alg\":\"RS256\",\"kid\":\"" + scene.signer.kid() + "\"" + type + "}";

        verified(scene.verify(scene.signer.sign(header, payload().getBytes(UTF_8))));
    }

    @Test
    void acceptsCertificateThumbprintsAndIgnoresThem() {
        var header = scene.header().replaceFirst("\\{", "{\"x5t\":\"abc\",\"x5t#S256\":\"def\",");

        verified(scene.verify(scene.signer.sign(header, payload().getBytes(UTF_8))));
    }

    @ParameterizedTest
    @CsvSource({
        "none", "None", "nOnE", "HS256", "HS512", "RS1", "rs256", "RS384", "PS256", "ES256", "ES256K", "EdDSA", "''"
    })
    void refusesAlgorithmsThatAreNotTheProviders(String algorithm) {
        assertThat(signed(scene.header(algorithm), payload())).isEqualTo(Rejection.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void refusesAHeaderWithoutAlgorithm() {
        assertThat(signed("{\"typ\":\"JWT\",\"kid\":\"" + scene.signer.kid() + "\"}", payload()))
                .isEqualTo(Rejection.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void refusesAnUnsignedToken() {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var unsigned = encoder.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "."
                + encoder.encodeToString(payload().getBytes(UTF_8)) + ".";

        assertThat(rejection(scene.verify(unsigned))).isEqualTo(Rejection.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void callsNobodyForAnyOfThis() {
        scene.verify("a.b.c");
        assertThat(scene.fetches).hasValue(0);
        assertThat(scene.signer.requests()).isZero();
    }
}
