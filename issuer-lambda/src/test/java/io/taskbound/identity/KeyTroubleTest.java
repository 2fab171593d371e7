// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static io.taskbound.identity.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.KeyTrouble.Kind;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.StandInTls;
import io.taskbound.local.Trouble;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a provider's keys cannot be had, over real HTTP: a word and a sentence of ours, never the other side's text. */
class KeyTroubleTest {
    private StandInProvider signer;

    @BeforeEach
    void start() {
        signer = Scene.signer(Dialect.JENKINS, "ES256");
    }

    @AfterEach
    void stop() {
        signer.close();
    }

    private KeyTrouble trouble(String issuer, KeySource source, FetchPolicy reach) {
        var claims = signer.jenkins("shop/main", 42).forAudience(Scene.AUDIENCE).with("iss", issuer);
        var verifier = new IdentityVerifier(
                List.of(Scene.provider("jenkins", issuer, source, "ES256")), new HttpKeyFetcher(reach));
        var answer = verifier.verify(IdToken.of(signer.idToken(claims)), new Purpose.Closing(), NOW);
        return ((Verification.Unavailable) answer).why();
    }

    private KeyTrouble trouble() {
        return trouble(signer.issuer(), new KeySource.Discovery(), FetchPolicy.WITH_LOOPBACK);
    }

    private KeyTrouble troubleAt(String jwksUri) {
        return trouble(signer.issuer(), new KeySource.JwksUri(URI.create(jwksUri)), FetchPolicy.WITH_LOOPBACK);
    }

    private static void is(KeyTrouble trouble, Kind kind, String... words) {
        assertThat(trouble.kind()).as(trouble.text()).isEqualTo(kind);
        assertThat(trouble.text()).startsWith(kind.wire() + ": ").contains(words);
        assertThat(trouble.text()).doesNotContain("Exception", "java.", "sign in");
    }

    @ParameterizedTest
    @CsvSource({
        "DOWN, BROKEN_OFF, broke",
        "SLOW, TIMED_OUT, within 4 s",
        "DRIPPING, TIMED_OUT, within 4 s",
        "HUGE, TOO_LARGE, longer than 256 KB",
        "REDIRECTING, REDIRECT, 302",
        "WEB_PAGE, MALFORMED, not a JSON object",
        "ERROR, STATUS, 500"
    })
    void isNamedForEveryTroubleOfAProvider(Trouble trouble, Kind kind, String words) {
        signer.trouble(trouble);

        is(trouble(), kind, words, "asked for the discovery document " + signer.issuer() + "/.well-known/openid");
    }

    @Test
    void isTheStatusOfAnAddressThatIsNotThere() {
        is(troubleAt(signer.issuer() + "/nothing"), Kind.STATUS, "404", "the key set " + signer.issuer() + "/nothing");
    }

    @Test
    void isAConnectionThatWasRefused() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        is(troubleAt("http://127.0.0.1:" + port + "/jwks"), Kind.NO_CONNECTION, "no connection");
    }

    @Test
    void isAHostThatNobodyKnows() {
        is(troubleAt("https://no-such-host.invalid/jwks"), Kind.UNKNOWN_HOST, "no such host");
    }

    @Test
    void isAPrivateAddress() {
        is(
                trouble(
                        signer.issuer(),
                        new KeySource.JwksUri(URI.create("https://10.0.0.1/jwks")),
                        FetchPolicy.PUBLIC),
                Kind.PRIVATE_ADDRESS,
                "PrivateProviderHosts");
        is(trouble(signer.issuer(), new KeySource.Discovery(), FetchPolicy.PUBLIC), Kind.NOT_HTTPS, "https only");
    }

    @Test
    void isACertificateThatNobodyKnowsSigned() {
        is(tls(StandInTls.generate()), Kind.TLS, "no certificate authority known here");
    }

    /** By an authority that the policy names, for a name that is not the host's. */
    @Test
    void isACertificateForAnotherName() {
        var other = StandInTls.generate("other.example");
        var ca = Optional.of(new PrivateCa(PrivateCa.canonical(other.pem())));

        is(tls(other, new KeySource.Discovery(ca)), Kind.TLS, "for another name");
    }

    private static KeyTrouble tls(StandInTls certificate) {
        return tls(certificate, new KeySource.Discovery());
    }

    private static KeyTrouble tls(StandInTls certificate, KeySource source) {
        var setup = StandInProvider.Setup.of(Dialect.GITHUB, Clock.fixed(NOW, ZoneOffset.UTC));
        try (var secure = StandInProvider.start(setup.tls(certificate))) {
            var token = secure.idToken(secure.github("acme/shop", "main").forAudience(Scene.AUDIENCE));
            var verifier = new IdentityVerifier(
                    List.of(Scene.provider("github", secure.issuer(), source, "RS256")),
                    new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
            var answer = verifier.verify(IdToken.of(token), new Purpose.Exchange(Optional.empty()), NOW);
            assertThat(secure.requests()).isZero();
            return ((Verification.Unavailable) answer).why();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%s/, a slash at the end",
        "HTTP://127.0.0.1/oidc/, another issuer than the policy",
        "https://other.example, another issuer than the policy"
    })
    void isADiscoveryDocumentOfAnotherIssuerAndByWhatItDiffers(String named, String words) {
        var other = named.replace("%s", signer.issuer());
        signer.publishDiscovery("{\"issuer\":\"" + other + "\",\"jwks_uri\":\"" + signer.jwksUri() + "\"}");

        is(trouble(), Kind.OTHER_ISSUER, words);
        assertThat(trouble().text()).doesNotContain("other.example");
    }

    @Test
    void isADiscoveryDocumentWithoutKeysOrWithKeysElsewhere() {
        signer.publishDiscovery("{\"issuer\":\"" + signer.issuer() + "\"}");
        is(trouble(), Kind.NO_JWKS_URI, "write jwks_uri in the policy");

        signer.publishDiscovery(
                "{\"issuer\":\"" + signer.issuer() + "\",\"jwks_uri\":\"https://mallory.example/keys\"}");
        is(trouble(), Kind.FOREIGN_JWKS_URI, "write jwks_uri in the policy");
        assertThat(trouble().text()).doesNotContain("mallory");
    }

    @Test
    void isAnAnswerThatIsNoKeySet() {
        signer.publishKeys("{\"error\":\"please sign in\"}");

        is(trouble(), Kind.MALFORMED, "not a JWK set", "the key set that the discovery document names");
    }

    /** The warm-up of the function and the start of serve ask ahead, and say so. */
    @Test
    void isToldByTheFetchAheadOfTheFirstToken() {
        signer.trouble(Trouble.ERROR);
        var provider = Scene.provider("jenkins", signer.issuer(), new KeySource.Discovery(), "ES256");
        var verifier = new IdentityVerifier(List.of(provider), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));

        is(verifier.fetchKeys(NOW, Runnable::run).get(provider.name()), Kind.STATUS, "500");
        signer.trouble(Trouble.NONE);
        assertThat(verifier.fetchKeys(NOW.plusSeconds(5), Runnable::run)).isEmpty();
        signer.publishKeys("{\"keys\":[]}");
        assertThat(new IdentityVerifier(List.of(provider), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK))
                        .fetchKeys(NOW, Runnable::run)
                        .get(provider.name())
                        .kind())
                .isEqualTo(Kind.NO_USABLE_KEY);
    }
}
