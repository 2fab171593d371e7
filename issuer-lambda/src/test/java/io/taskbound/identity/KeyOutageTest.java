// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static io.taskbound.identity.Scene.NOW;
import static io.taskbound.identity.Scene.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.Trouble;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider in every kind of trouble, over real HTTP and found by discovery (threat model R11, R35, R36). */
class KeyOutageTest {
    private StandInProvider signer;

    @BeforeEach
    void start() {
        signer = Scene.signer(Dialect.JENKINS, "ES256");
    }

    @AfterEach
    void stop() {
        signer.close();
    }

    private IdentityVerifier verifier(KeySource source, FetchPolicy reach) {
        return new IdentityVerifier(
                List.of(Scene.provider("jenkins", signer.issuer(), source, "ES256")), new HttpKeyFetcher(reach));
    }

    private IdentityVerifier verifier() {
        return verifier(new KeySource.Discovery(), FetchPolicy.WITH_LOOPBACK);
    }

    private Verification at(Instant now, IdentityVerifier verifier) {
        var claims = signer.jenkins("shop/main", 42)
                .forAudience(Scene.AUDIENCE)
                .with("iat", now.getEpochSecond())
                .with("exp", now.getEpochSecond() + 600);
        return verifier.verify(IdToken.of(signer.idToken(claims)), new Purpose.Closing(), now);
    }

    @Test
    void findsKeysByDiscoveryAndByUrl() {
        verified(at(NOW, verifier()));
        assertThat(signer.keyRequests()).isEqualTo(1);
        assertThat(signer.requests()).isEqualTo(2);
        verified(at(NOW, verifier(new KeySource.JwksUri(URI.create(signer.jwksUri())), FetchPolicy.WITH_LOOPBACK)));
        assertThat(signer.requests()).isEqualTo(3);
    }

    /** It answers 406 to whoever accepts JSON alone. */
    @Test
    void fetchesTheKeysOfAKubernetesApiServer() {
        try (var cluster = Scene.signer(Dialect.KUBERNETES, "RS256")) {
            for (var source :
                    List.of(new KeySource.Discovery(), new KeySource.JwksUri(URI.create(cluster.jwksUri())))) {
                var verifier = new IdentityVerifier(
                        List.of(Scene.provider("kubernetes", cluster.issuer(), source, "RS256")),
                        new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
                var token =
                        cluster.idToken(cluster.kubernetes("shop", "release").forAudience(Scene.AUDIENCE));

                verified(verifier.verify(IdToken.of(token), new Purpose.Closing(), NOW));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void failsClosedWhenColdAndGoesOnWhenWarm(Trouble trouble) {
        var warm = verifier();
        verified(at(NOW, warm));
        signer.trouble(trouble);
        long begun = System.nanoTime();

        assertThat(at(NOW, verifier())).isInstanceOf(Verification.Unavailable.class);
        verified(at(NOW.plus(Duration.ofMinutes(11)), warm));
        // The slow one would take twice thirty.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(50));
        signer.trouble(Trouble.NONE);
        verified(at(NOW.plus(Duration.ofMinutes(12)), warm));
    }

    @Test
    void neverFollowsARedirect() {
        signer.trouble(Trouble.REDIRECTING);

        assertThat(at(NOW, verifier())).isInstanceOf(Verification.Unavailable.class);
        assertThat(signer.requests()).isEqualTo(1);
    }

    @Test
    void fetchesARotatedKey() {
        var verifier = verifier();
        verified(at(NOW, verifier));
        signer.rotateKey(false);
        verified(at(NOW.plusSeconds(1), verifier));
        signer.rotateKey(true);
        assertThat(verified(at(NOW.plusSeconds(40), verifier)).keyChanged()).isTrue();
    }

    @Test
    void believesNoOtherIssuersDiscovery() {
        for (var issuer : List.of("https://other.example", signer.issuer() + "/", "")) {
            signer.publishDiscovery("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + signer.jwksUri() + "\"}");

            assertThat(at(NOW, verifier())).isInstanceOf(Verification.Unavailable.class);
        }
        assertThat(signer.keyRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example/jwks",
                "http://169.254.169.254/latest/meta-data",
                "http://127.0.0.1:1/jwks",
                "file:///etc/passwd",
                "/oidc/jwks",
                "not a url",
                ""
            })
    void fetchesKeysFromTheIssuersOwnOriginOnly(String jwksUri) {
        signer.publishDiscovery("{\"issuer\":\"" + signer.issuer() + "\",\"jwks_uri\":\"" + jwksUri + "\"}");

        assertThat(at(NOW, verifier())).isInstanceOf(Verification.Unavailable.class);
        assertThat(signer.requests()).isEqualTo(1);
    }

    /** The other origin is up, allowed and has the right keys: only the rule keeps us from it. */
    @Test
    void fetchesNoKeysFromAnotherPortOfTheSameHost() {
        try (var other = Scene.signer(Dialect.JENKINS, "ES256")) {
            other.publishKeys(signer.jwks());
            signer.publishDiscovery(
                    "{\"issuer\":\"" + signer.issuer() + "\",\"jwks_uri\":\"" + other.jwksUri() + "\"}");

            assertThat(at(NOW, verifier())).isInstanceOf(Verification.Unavailable.class);
            assertThat(other.requests()).isZero();
        }
    }

    @Test
    void readsAKeySetOf256KilobytesAndNotOneOctetMore() {
        int blanks = 256 * 1024 - signer.jwks().length();
        signer.publishKeys(signer.jwks() + " ".repeat(blanks));
        verified(at(NOW, verifier()));
        signer.publishKeys(signer.jwks() + " ".repeat(blanks + 1));

        assertThat(at(NOW, verifier())).isInstanceOf(Verification.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[],\"keys\":[]}", "{\"keys\":[]} x"})
    void takesWhatIsNoKeySetForAnOutage(String jwks) {
        signer.publishKeys(jwks);

        assertThat(at(NOW, verifier())).isInstanceOf(Verification.Unavailable.class);
    }

    @Test
    void goesToNoPrivateAddressUnlessConfigured() {
        assertThat(at(NOW, verifier(new KeySource.Discovery(), FetchPolicy.PUBLIC)))
                .isInstanceOf(Verification.Unavailable.class);
        assertThat(signer.requests()).isZero();
    }
}
