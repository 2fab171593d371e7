// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.client.dpop.PresentedProof;
import io.taskbound.client.dpop.ProofFault;
import io.taskbound.client.dpop.ProofKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskVerifierTest {
    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();
    private final TokenForge forge = new TokenForge(issuer.url(), "kid-1");
    private final TaskVerifier verifier = builder().build();

    @BeforeEach
    void publish() {
        issuer.playing(json(200, forge.jwks()));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void acceptsATokenForThisServer() {
        VerifiedTask task = accepted(verifier.verify(forge.signed()));
        assertThat(task.handle()).isEqualTo(Samples.HANDLE);
        assertThat(task.subject()).isEqualTo("task:sign-release:github:2002");
        assertThat(task.provider()).isEqualTo("github");
        assertThat(task.permits("sign", Samples.ARTIFACT)).isTrue();
    }

    @Test
    void acceptsABoundTokenWithItsProofAndOnce() throws Exception {
        var key = ProofKey.create(clock);
        String token = bound(key.thumbprint());
        var proof = proof(key, token);

        assertThat(accepted(verifier.verify(token, proof)).keyThumbprint()).contains(key.thumbprint());
        assertThat(verifier.verify(token, proof))
                .isEqualTo(new Verification.Rejected(Rejection.BAD_PROOF, Optional.of(ProofFault.REPLAYED)));
        accepted(verifier.verify(token, proof(key, token)));
    }

    @Test
    void rejectsABoundTokenWithoutItsProof() {
        String token = bound(ProofKey.create(clock).thumbprint());

        assertThat(verifier.verify(token)).isEqualTo(new Verification.Rejected(Rejection.PROOF_MISSING));
        accepted(builder().provingElsewhere().build().verify(token));
    }

    @Test
    void rejectsABoundTokenWithAThiefsProof() throws Exception {
        String token = bound(ProofKey.create(clock).thumbprint());

        assertThat(verifier.verify(token, proof(ProofKey.create(clock), token)))
                .isEqualTo(new Verification.Rejected(Rejection.BAD_PROOF, Optional.of(ProofFault.KEY)));
    }

    @Test
    void rejectsAProofBesideATokenThatIsBoundToNoKey() throws Exception {
        assertThat(verifier.verify(forge.signed(), proof(ProofKey.create(clock), forge.signed())))
                .isEqualTo(new Verification.Rejected(Rejection.NOT_BOUND));
    }

    /** Whether it is bound is not known then, so it is not taken for a token that is not. */
    @Test
    void rejectsATokenThatIsBoundToSomethingUnknown() {
        for (Object other : List.of(Map.of("x5t#S256", "AAAA"), "jkt", Map.of("jkt", 7), Map.of())) {
            Map<String, Object> claims = forge.claims();
            claims.put("cnf", other);
            assertThat(verifier.verify(forge.signed(claims))).isEqualTo(new Verification.Rejected(Rejection.MALFORMED));
        }
    }

    /** A replay must not use up the good proof of a token that is not good for other reasons. */
    @Test
    void aRejectedTokenUsesUpNoProof() throws Exception {
        var key = ProofKey.create(clock);
        String token = bound(key.thumbprint());
        var proof = proof(key, token);
        var elsewhere = TaskVerifier.builder(IssuerUrl.of(issuer.url()), "https://other.example")
                .clock(clock)
                .build();

        assertThat(elsewhere.verify(token, proof)).isEqualTo(new Verification.Rejected(Rejection.WRONG_AUDIENCE));
        accepted(verifier.verify(token, proof));
    }

    private String bound(String thumbprint) {
        Map<String, Object> claims = forge.claims();
        claims.put("cnf", Map.of("jkt", thumbprint));
        return forge.signed(claims);
    }

    private static PresentedProof proof(ProofKey key, String token) throws Exception {
        var url = new URI("https://signer.acme.example/sign");
        return new PresentedProof(key.proof("POST", url, Optional.empty(), TaskToken.of(token)), "POST", url);
    }

    @Test
    void acceptsTheTypeThatSpringAndSomeCloudsInsistOn() {
        accepted(verifier.verify(forge.signed("JWT", forge.claims())));
    }

    @Test
    void permitsNothingButTheExactIdentifierAndAction() {
        VerifiedTask task = accepted(verifier.verify(forge.signed()));
        String lastOther = Samples.ARTIFACT.substring(0, Samples.ARTIFACT.length() - 1) + "e";
        assertThat(task.permits("sign", lastOther)).isFalse();
        assertThat(task.permits("sign", Samples.ARTIFACT.toUpperCase(java.util.Locale.ROOT)))
                .isFalse();
        assertThat(task.permits("sign", Samples.ARTIFACT + " ")).isFalse();
        assertThat(task.permits("sign", "")).isFalse();
        assertThat(task.permits("Sign", Samples.ARTIFACT)).isFalse();
        assertThat(task.permits("delete", Samples.ARTIFACT)).isFalse();
    }

    @Test
    void doesNotMixTheActionOfOneDetailWithTheTargetOfAnother() {
        Map<String, Object> claims = forge.claims();
        claims.put(
                "authorization_details",
                List.of(
                        TaskDetail.of("ticket", "read", "ticket:1").toWire(),
                        TaskDetail.of("ticket", "update", "ticket:2").toWire()));
        VerifiedTask task = accepted(verifier.verify(forge.signed(claims)));
        assertThat(task.permits("read", "ticket:1")).isTrue();
        assertThat(task.permits("update", "ticket:1")).isFalse();
    }

    @Test
    void refusesAlgNone() {
        assertRejected(
                forge.raw("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"kid-1\"}", new byte[0]),
                Rejection.MALFORMED,
                Rejection.WRONG_ALGORITHM);
        assertThat(issuer.received()).isEmpty();
    }

    @Test
    void refusesHs256KeyedWithThePublicKey() throws GeneralSecurityException {
        String header = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"kid-1\"}";
        String input = forge.raw(header, new byte[0]);
        Mac mac = Mac.getInstance("HmacSHA256");
        for (byte[] secret :
                List.of(forge.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8), publicKeyBytes())) {
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String signingInput = input.substring(0, input.length() - 1);
            byte[] tag = mac.doFinal(signingInput.getBytes(StandardCharsets.US_ASCII));
            assertRejected(forge.raw(header, tag), Rejection.WRONG_ALGORITHM);
        }
    }

    @Test
    void refusesASignatureOfZeros() {
        String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"kid-1\"}";
        assertRejected(forge.raw(header, new byte[64]), Rejection.BAD_SIGNATURE);
    }

    @Test
    void refusesAChangedClaim() {
        String[] parts = forge.signed().split("\\.");
        Map<String, Object> claims = forge.claims();
        claims.put("sub", "task:sign-release:github:6666");
        String other = forge.signed(claims).split("\\.")[1];
        assertRejected(parts[0] + "." + other + "." + parts[2], Rejection.BAD_SIGNATURE);
    }

    @Test
    void refusesAnotherKeyUnderTheSameKid() {
        assertRejected(new TokenForge(issuer.url(), "kid-1").signed(), Rejection.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "dpop+jwt", "application/at+jwt", "secevent+jwt", "at+jwt2"})
    void refusesAnotherType(String typ) {
        // The library compares types without regard to case, and we name ours exactly.
        assertRejected(forge.signed(typ, forge.claims()), Rejection.WRONG_TYPE);
    }

    @Test
    void refusesATokenWithoutAType() {
        assertRejected(forge.signed(forge.header().type(null).build(), forge.claims()), Rejection.WRONG_TYPE);
    }

    @Test
    void refusesACriticalHeader() {
        assertRejected(
                forge.signed(
                        forge.header()
                                .criticalParams(Set.of("x"))
                                .customParam("x", 1)
                                .build(),
                        forge.claims()),
                Rejection.WRONG_TYPE);
    }

    @Test
    void refusesATokenWithoutAKid() {
        assertRejected(forge.signed(forge.header().keyID(null).build(), forge.claims()), Rejection.UNKNOWN_KEY);
    }

    @Test
    void refusesAnotherIssuer() {
        assertRejected(new TokenForge(issuer.url() + "/other", "kid-1").claims(), Rejection.WRONG_ISSUER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://deploy.acme.example",
                "https://signer.acme.example/",
                "https://SIGNER.acme.example",
                "https://signer.acme.exampl",
                ""
            })
    void refusesAnotherAudience(String audience) {
        assertRejected(with("aud", audience), Rejection.WRONG_AUDIENCE);
    }

    @Test
    void refusesAnArrayAsAudience() {
        assertRejected(with("aud", List.of(TokenForge.AUDIENCE)), Rejection.WRONG_AUDIENCE);
        assertRejected(with("aud", List.of(TokenForge.AUDIENCE, "https://x.example")), Rejection.WRONG_AUDIENCE);
    }

    @Test
    void refusesATokenThatExpiresNow() {
        String token = forge.signed();
        clock.advance(Duration.ofSeconds(600).minusNanos(1));
        accepted(verifier.verify(token));
        clock.advance(Duration.ofNanos(1));
        assertThat(verifier.verify(token)).isEqualTo(new Verification.Rejected(Rejection.EXPIRED));
    }

    @Test
    void grantsALeewayOnlyWhenTold() {
        TaskVerifier lenient = builder().expiryLeeway(Duration.ofSeconds(5)).build();
        String token = forge.signed();
        clock.advance(Duration.ofSeconds(604));
        accepted(lenient.verify(token));
        assertRejected(token, Rejection.EXPIRED);
        clock.advance(Duration.ofSeconds(1));
        assertThat(lenient.verify(token)).isEqualTo(new Verification.Rejected(Rejection.EXPIRED));
        assertThatThrownBy(() -> builder().expiryLeeway(Duration.ofSeconds(61)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allowsThirtySecondsBeforeNbfAndNotOneMore() {
        long now = TestClock.START.getEpochSecond();
        accepted(verifier.verify(forge.signed(with("nbf", now + 30))));
        assertRejected(with("nbf", now + 31), Rejection.NOT_YET_VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "client_id", "jti", "txn", "iat", "nbf", "exp", "authorization_details"})
    void refusesATokenThatLacksAClaim(String name) {
        Map<String, Object> claims = forge.claims();
        claims.remove(name);
        assertRejected(claims, Rejection.MALFORMED);
    }

    @Test
    void refusesClaimsOfAnotherType() {
        assertRejected(with("exp", "1795428600"), Rejection.MALFORMED);
        assertRejected(with("exp", 1e300), Rejection.MALFORMED);
        assertRejected(with("exp", -1), Rejection.MALFORMED);
        assertRejected(with("max_uses", "1"), Rejection.MALFORMED);
        assertRejected(with("authorization_details", List.of()), Rejection.MALFORMED);
        assertRejected(with("authorization_details", List.of("sign")), Rejection.MALFORMED);
        assertRejected(with("authorization_details", List.of(Map.of("type", "task"))), Rejection.MALFORMED);
        assertRejected(with("authorization_details", Map.of("type", "task")), Rejection.MALFORMED);
    }

    @Test
    void refusesALimitedTokenUnlessItIsRedeemedAfterwards() {
        assertRejected(with("max_uses", 1), Rejection.MUST_BE_REDEEMED);
        VerifiedTask task = accepted(builder().redeemingAfterwards().build().verify(forge.signed(with("max_uses", 1))));
        assertThat(task.maxUses()).contains(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "a.b.c",
                "a.b.c.d",
                "e30.e30.e30",
                "null",
                "bnVsbA.e30.AAAA",
                "W10.e30.AAAA",
                "\u0000",
                "Bearer x"
            })
    void refusesWhatIsNoToken(String text) {
        assertRejected(text, Rejection.MALFORMED);
        assertThat(issuer.received()).isEmpty();
    }

    @Test
    void refusesWhatIsTooLongWithoutLookingAtIt() {
        assertRejected("e30." + "A".repeat(16 * 1024) + ".AA", Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[]", "7", "", "{\"keys\":null}", "{\"keys\":[null]}", "{\"keys\":[7]}", "{\"keys\":{}}"
            })
    void saysUnavailableWhenWhatIsPublishedIsNoKeySet(String published) {
        issuer.playing(json(200, published));
        assertThat(verifier.verify(forge.signed())).isInstanceOf(Verification.Unavailable.class);
    }

    @Test
    void saysUnavailableWhenTheKeysAreOutOfReach() {
        issuer.playing(html(200));
        assertThat(verifier.verify(forge.signed())).isInstanceOf(Verification.Unavailable.class);
    }

    @Test
    void fetchesTheKeysOnceForManyTokens() {
        accepted(verifier.verify(forge.signed()));
        accepted(verifier.verify(forge.signed()));
        assertThat(issuer.only().method()).isEqualTo("GET");
        assertThat(issuer.only().path()).isEqualTo("/.well-known/jwks.json");
        assertThat(issuer.only().accept()).isEqualTo("application/jwk-set+json, application/json");
    }

    private TaskVerifier.Builder builder() {
        return TaskVerifier.builder(IssuerUrl.of(issuer.url()), TokenForge.AUDIENCE)
                .clock(clock)
                .sleeper(clock);
    }

    private Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = forge.claims();
        claims.put(name, value);
        return claims;
    }

    private void assertRejected(Map<String, Object> claims, Rejection reason) {
        assertRejected(forge.signed(claims), reason);
    }

    private void assertRejected(String token, Rejection... reasons) {
        assertThat(verifier.verify(token))
                .isInstanceOfSatisfying(
                        Verification.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isIn((Object[]) reasons));
    }

    private static VerifiedTask accepted(Verification verification) {
        assertThat(verification).isInstanceOf(Verification.Accepted.class);
        return ((Verification.Accepted) verification).task();
    }

    private byte[] publicKeyBytes() throws GeneralSecurityException {
        try {
            return forge.publicKey().toECPublicKey().getEncoded();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
