// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProofUse;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.util.singleuse.SingleUseChecker;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.taskbound.token.KeyThumbprint;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Another implementation of RFC 9449, Nimbus' oauth2-oidc-sdk, takes what we take, and we take what it makes. */
class ProofOracleTest {
    /** It compares URLs as text; RFC 9449 section 4.3 has query and fragment ignored, and other spellings known. */
    private static final Set<String> ORACLE_IS_STRICTER =
            Set.of("another spelling of the URL", "a URL with query and fragment");
    /** Its clock is the machine's, and the vectors' is not. */
    private static final long ALL_TIME = Duration.ofDays(36_500).toSeconds();

    @TestFactory
    Stream<DynamicTest> nimbusTakesWhatWeTake() {
        return Vectors.all().stream()
                .filter(vector -> vector.breaks().isEmpty())
                .filter(vector -> !ORACLE_IS_STRICTER.contains(vector.name()))
                .map(vector -> DynamicTest.dynamicTest(
                        vector.name(),
                        () -> assertThatCode(() -> judge(vector.proof())).doesNotThrowAnyException()));
    }

    /** So that it is known to look at all: what a thief would try, it refuses too. */
    @TestFactory
    Stream<DynamicTest> nimbusRefusesWhatAThiefWouldTry() {
        var tried = Set.of(
                "another method",
                "another path",
                "another key than the token's",
                "the hash of another token",
                "no hash of the token",
                "the signature of another key",
                "no typ");
        return Vectors.all().stream()
                .filter(vector -> tried.contains(vector.name()))
                .map(vector -> DynamicTest.dynamicTest(
                        vector.name(),
                        () -> assertThatCode(() -> judge(vector.proof())).isInstanceOf(Exception.class)));
    }

    private static void judge(String proof) throws Exception {
        SingleUseChecker<DPoPProofUse> once = use -> {};
        var jwt = SignedJWT.parse(proof);
        var nonce = jwt.getJWTClaimsSet().getStringClaim("nonce");
        new DPoPProtectedResourceRequestVerifier(Set.of(JWSAlgorithm.ES256), ALL_TIME, ALL_TIME, once)
                .verify(
                        Vectors.METHOD,
                        URI.create(Vectors.URL),
                        new DPoPIssuer(new ClientID("step")),
                        jwt,
                        new DPoPAccessToken(Vectors.TOKEN),
                        new JWKThumbprintConfirmation(new Base64URL(Vectors.BOUND_TO.value())),
                        nonce == null ? null : new Nonce(nonce));
    }

    @Test
    void weTakeWhatNimbusMakes() throws JOSEException {
        var key = new ECKeyGenerator(Curve.P_256).generate();
        var maker = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
        var url = URI.create(Vectors.URL);
        var jwt = maker.createDPoPJWT("POST", url, new DPoPAccessToken(Vectors.TOKEN), new Nonce("n"));

        var proof = (Proof) ProofReader.read(new ProofText(jwt.serialize()));

        Instant now = Clock.systemUTC().instant();
        assertThat(proof.faultFor("POST", RequestUrl.of(Vectors.URL).orElseThrow(), Duration.ofSeconds(60), now))
                .isEmpty();
        var thumbprint = new KeyThumbprint(key.computeThumbprint().toString());
        assertThat(proof.faultForToken(Vectors.TOKEN, thumbprint)).isEmpty();
        assertThat(proof.nonce()).contains("n");
    }
}
