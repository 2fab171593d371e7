// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static io.taskbound.identity.Scene.rejection;
import static io.taskbound.identity.Scene.verified;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.impl.ECDSA;
import io.taskbound.json.JsonText;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.Dialect;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signed it, and for whom that counts (threat model R1, R2, R4, R10, R12, R36). */
class IssuerAndSignatureTest {
    private static final String ES256_ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.github();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s/",
                "%s/x",
                " %s",
                "%s ",
                "%s\u0000",
                "%s#",
                "%s?x",
                "HTTP://127.0.0.1:1",
                "https://token.actions.githubusercontent.com",
                "https://token.actions.githubuserc\u043entent.com",
                "http://169.254.169.254/latest",
                ""
            })
    void knowsItsIssuersByTheExactTextAndCallsNobodyElse(String form) {
        var issuer = form.replace("%s", scene.signer.issuer());

        assertThat(rejection(scene.verify(scene.claims().with("iss", issuer)))).isEqualTo(Rejection.UNKNOWN_ISSUER);
        assertThat(scene.fetches).hasValue(0);
    }

    @Test
    void refusesIssuersThatAreNoText() {
        for (Object value : List.of(5, true, List.of(scene.signer.issuer()))) {
            assertThat(rejection(scene.verify(scene.claims().with("iss", value))))
                    .isEqualTo(Rejection.UNKNOWN_ISSUER);
        }
        assertThat(rejection(scene.verify(scene.claims().without("iss")))).isEqualTo(Rejection.UNKNOWN_ISSUER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISS", "Iss", "i\u017fs", "iss ", "iss\u0000"})
    void readsNoOtherNameAsIss(String name) {
        var claims = scene.claims().without("iss").with(name, scene.signer.issuer());

        assertThat(rejection(scene.verify(claims))).isEqualTo(Rejection.UNKNOWN_ISSUER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUB", "\u017fub"})
    void readsNoOtherNameAsSub(String name) {
        var claims = scene.claims().without("sub").with(name, "repo:acme/shop:ref:refs/heads/main");

        assertThat(rejection(scene.verify(claims))).isEqualTo(Rejection.BAD_CLAIMS);
    }

    @Test
    void refusesASignatureOverOtherClaims() {
        var token = scene.signer.idToken(scene.claims());
        var other = scene.signer.idToken(scene.claims().with("repository_id", "6666"));
        var mixed = other.substring(0, other.lastIndexOf('.')) + token.substring(token.lastIndexOf('.'));

        assertThat(rejection(scene.verify(mixed))).isEqualTo(Rejection.KEY_CHANGED);
    }

    @Test
    void refusesEverySignatureWithOneBitChanged() {
        var token = scene.signer.idToken(scene.claims());
        int at = token.lastIndexOf('.') + 1;
        var signature = Base64.getUrlDecoder().decode(token.substring(at));
        for (int octet = 0; octet < signature.length; octet += 51) {
            signature[octet] ^= 1;
            assertThat(rejection(scene.verify(token.substring(0, at) + encode(signature))))
                    .isEqualTo(Rejection.KEY_CHANGED);
            signature[octet] ^= 1;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 257, 512})
    void refusesAnRsaSignatureOfAnotherLength(int octets) {
        var token = scene.signer.idToken(scene.claims());

        assertThat(rejection(scene.verify(token.substring(0, token.lastIndexOf('.') + 1) + encode(new byte[octets]))))
                .isEqualTo(Rejection.BAD_SIGNATURE);
    }

    /** The public key as the secret of an HMAC: CVE-2015-9235. */
    @Test
    void refusesThePublicKeyAsSecret() throws Exception {
        var input = encode(scene.header("HS256").getBytes(UTF_8)) + "."
                + encode(JsonText.of(Proven.json(scene.claims())).getBytes(UTF_8));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(scene.signer.jwks().getBytes(UTF_8), "HmacSHA256"));

        assertThat(rejection(scene.verify(input + "." + encode(mac.doFinal(input.getBytes(US_ASCII))))))
                .isEqualTo(Rejection.ALGORITHM_NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
    void acceptsEveryAlgorithmThatIsConfigured(String algorithm) {
        try (var other = Scene.pinned("github", Dialect.GITHUB, algorithm)) {
            var claims = other.claims();

            verified(other.verify(claims));
            assertThat(rejection(other.verify(otherAlgorithm(other, algorithm))))
                    .isEqualTo(Rejection.ALGORITHM_NOT_ALLOWED);
        }
    }

    private static String otherAlgorithm(Scene other, String algorithm) {
        var instead = algorithm.equals("ES256") ? "ES384" : "ES256";
        return other.signer.sign(
                other.header(instead), JsonText.of(Proven.json(other.claims())).getBytes(UTF_8));
    }

    @Test
    void refusesAKeyForAnotherAlgorithmThoughTheProviderMayUseIt() {
        var both = Scene.provider("github", scene.signer.issuer(), scene.provider.keys(), "RS256", "PS256", "ES256");
        var verifier = new IdentityVerifier(List.of(both), uri -> new byte[0]);
        for (var algorithm : List.of("PS256", "ES256")) {
            var token = scene.signer.sign(
                    scene.header(algorithm),
                    JsonText.of(Proven.json(scene.claims())).getBytes(UTF_8));

            assertThat(rejection(verifier.verify(IdToken.of(token), new Purpose.Closing(), Scene.NOW)))
                    .isEqualTo(Rejection.ALGORITHM_NOT_ALLOWED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00, 00", // CVE-2022-21449
        "01, 00",
        "00, 01",
        ES256_ORDER + ", 01",
        "01, " + ES256_ORDER,
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 01"
    })
    void refusesEcdsaNumbersOutOfRange(String r, String s) {
        try (var ec = Scene.pinned("github", Dialect.GITHUB, "ES256")) {
            var token = ec.signer.idToken(ec.claims());
            var signature = HexFormat.of().parseHex("0".repeat(64 - r.length()) + r + "0".repeat(64 - s.length()) + s);

            assertThat(rejection(ec.verify(token.substring(0, token.lastIndexOf('.') + 1) + encode(signature))))
                    .isEqualTo(Rejection.BAD_SIGNATURE);
        }
    }

    @Test
    void refusesEcdsaSignaturesThatAreNotTwiceTheField() throws Exception {
        try (var ec = Scene.pinned("github", Dialect.GITHUB, "ES256")) {
            var token = ec.signer.idToken(ec.claims());
            int at = token.lastIndexOf('.') + 1;
            var raw = Base64.getUrlDecoder().decode(token.substring(at));
            var der = ECDSA.transcodeSignatureToDER(raw);

            for (var signature : List.of(der, Arrays.copyOf(raw, 63), Arrays.copyOf(raw, 65), new byte[0])) {
                assertThat(rejection(ec.verify(token.substring(0, at) + encode(signature))))
                        .isEqualTo(Rejection.BAD_SIGNATURE);
            }
        }
    }

    /** Jenkins key ids are chosen by people, so that two issuers share one easily. */
    @Test
    void neverVerifiesOneIssuersTokenWithAnothersKeyOfTheSameId() {
        try (var one = Scene.pinned("jenkins", Dialect.JENKINS, "RS256");
                var other = Scene.pinned("jenkins", Dialect.JENKINS, "RS256")) {
            assertThat(one.signer.kid()).isEqualTo(other.signer.kid());
            var verifier = new IdentityVerifier(List.of(one.provider, other.provider), uri -> new byte[0]);
            var honest = one.signer.jenkins("shop/main", 1).forAudience(Scene.AUDIENCE);
            var forged = honest.with("iss", other.signer.issuer());

            verified(verify(verifier, one.signer.idToken(honest)));
            assertThat(rejection(verify(verifier, one.signer.idToken(forged)))).isEqualTo(Rejection.KEY_CHANGED);
        }
    }

    private static Verification verify(IdentityVerifier verifier, String token) {
        return verifier.verify(IdToken.of(token), new Purpose.Exchange(Optional.empty()), Scene.NOW);
    }

    @Test
    void takesATokenWithoutKeyIdOnlyFromASetOfOne() {
        var header = "{\"alg\":\"RS256\"}";
        var token = scene.signer.sign(
                header, JsonText.of(Proven.json(scene.claims())).getBytes(UTF_8));
        var two = scene.signer.jwks().replace("]}", ",{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"x\"}]}");
        var provider = Scene.provider("github", scene.signer.issuer(), new KeySource.Pinned(Proven.json(two)), "RS256");

        verified(scene.verify(token));
        assertThat(rejection(verify(new IdentityVerifier(List.of(provider), uri -> new byte[0]), token)))
                .isEqualTo(Rejection.UNKNOWN_KEY);
    }

    @Test
    void refusesTwoProvidersWithOneIssuer() {
        assertThatThrownBy(() -> new IdentityVerifier(List.of(scene.provider, scene.provider), uri -> new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one issuer");
    }

    @Test
    void namesTheProviderOnlyOnceTheIssuerIsKnown() {
        var unknown = (Verification.Rejected) scene.verify(scene.claims().with("iss", "https://evil.example"));
        var malformed = (Verification.Rejected) scene.verify(scene.signer.idToken(scene.claims()) + "=");

        assertThat(unknown.provider()).isEmpty();
        assertThat(malformed.provider()).isEmpty();
        assertThat(((Verification.Rejected) scene.verify(scene.claims().with("aud", "https://x.example"))).provider())
                .contains(scene.provider.name());
    }

    /** The policy's owner learns which issuer it was, and how little it differs from one that is trusted. */
    @Test
    void namesAnUnknownIssuerAndItsSmallDifference() {
        assertThat(detail(scene.claims().with("iss", scene.signer.issuer() + "/")))
                .isEqualTo("no provider has the issuer " + scene.signer.issuer()
                        + "/; it differs from the issuer of provider github by: a slash at the end");
        assertThat(detail(scene.claims().with("iss", "https://evil.example")))
                .isEqualTo("no provider has the issuer https://evil.example");
        assertThat(detail(scene.claims().with("iss", "x\ny"))).doesNotContain("x\ny");
        assertThat(detail(scene.claims().without("iss"))).contains("no iss");
    }

    private static String detail(ClaimSet claims) {
        return ((Verification.Rejected) scene.verify(claims)).detail().orElseThrow();
    }

    private static String encode(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
