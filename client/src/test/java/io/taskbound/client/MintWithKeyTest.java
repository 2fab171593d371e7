// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.json;
import static io.taskbound.client.IssuerStandIn.withNonce;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import io.taskbound.client.dpop.ProofKey;
import java.text.ParseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request for a token that offers a key (RFC 9449 section 5). */
class MintWithKeyTest {
    private static final String BOUND = Samples.grant().replace("\"Bearer\"", "\"DPoP\"");

    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();
    private final ProofKey key = ProofKey.create(clock);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private MintAnswer mint(TaskRequest request) {
        return Samples.client(issuer, clock).build().mint(Samples.idToken(), request);
    }

    private static GrantedToken granted(MintAnswer answer) {
        assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
        return ((MintAnswer.Granted) answer).token();
    }

    private static Object claim(String proof, String name) throws ParseException {
        return JWSObject.parse(proof).getPayload().toJSONObject().get(name);
    }

    @Test
    void offersTheKeyAndSaysThatItIsBound() throws Exception {
        issuer.playing(withNonce("first", json(200, BOUND)));

        var token = granted(mint(Samples.request().withProofKey(key)));

        assertThat(token.proofKey()).contains(key);
        assertThat(key.lastNonce()).contains("first");
        assertThat(issuer.only().dpop()).singleElement().satisfies(proof -> {
            assertThat(claim(proof, "htm")).isEqualTo("POST");
            assertThat(claim(proof, "htu")).isEqualTo(issuer.url() + "/token");
            assertThat(claim(proof, "ath")).isNull();
            assertThat(claim(proof, "nonce")).isNull();
        });
    }

    @Test
    void sendsNoProofWithoutAKey() {
        issuer.playing(json(200, Samples.grant()));

        assertThat(granted(mint(Samples.request())).proofKey()).isEmpty();
        assertThat(issuer.only().dpop()).isEmpty();
    }

    @Test
    void saysThatTheIssuerDidNotBindIt() {
        issuer.playing(json(200, Samples.grant()));

        assertThat(granted(mint(Samples.request().withProofKey(key))).proofKey())
                .isEmpty();
    }

    /** RFC 9449 section 5: what is bound to a key that nobody offered is of no use, and no grant. */
    @Test
    void takesNoBoundTokenThatItDidNotAskFor() {
        issuer.playing(json(200, BOUND));

        assertThat(mint(Samples.request())).isInstanceOf(MintAnswer.Unavailable.class);
    }

    @Test
    void makesOneMoreProofWithTheNonceThatTheIssuerWants() throws Exception {
        issuer.playing(
                withNonce("wanted", json(400, Samples.refusal("use_dpop_nonce"))), withNonce("next", json(200, BOUND)));

        assertThat(granted(mint(Samples.request().withProofKey(key))).proofKey())
                .isPresent();

        assertThat(issuer.received()).hasSize(2);
        var second = issuer.received().get(1).dpop().get(0);
        assertThat(claim(second, "nonce")).isEqualTo("wanted");
        assertThat(claim(second, "jti"))
                .isNotEqualTo(claim(issuer.received().get(0).dpop().get(0), "jti"));
        assertThat(issuer.received().get(1).body())
                .isEqualTo(issuer.received().get(0).body());
        assertThat(key.lastNonce()).contains("next");
    }

    @Test
    void asksForANonceOnceOnly() {
        issuer.playing(withNonce("again", json(400, Samples.refusal("use_dpop_nonce"))));

        assertThat(mint(Samples.request().withProofKey(key)))
                .isInstanceOfSatisfying(
                        MintAnswer.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("use_dpop_nonce"));
        assertThat(issuer.received()).hasSize(2);
    }

    /** The issuer lets a lost answer be given again for these bytes alone: an outage must not change them. */
    @Test
    void repeatsTheSameProofWhileTheIssuerIsBusy() {
        issuer.playing(IssuerStandIn.busy(503, "1"), json(200, BOUND));

        granted(mint(Samples.request().withProofKey(key)));

        assertThat(issuer.received()).hasSize(2);
        assertThat(issuer.received().get(0).dpop())
                .isEqualTo(issuer.received().get(1).dpop());
    }
}
