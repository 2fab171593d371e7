// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static io.taskbound.lambda.TestIssuer.ARTIFACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.lambda.TestIssuer.Answer;
import io.taskbound.ledger.InMemoryLedger;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One ID token gives at most one task token, and a client that lost the answer gets that one again. */
class ReplayTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());
    private final String proof = issuer.idToken();
    private final String txn = UUID.randomUUID().toString();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void givesALostAnswerAgain() {
        var first = mint();
        issuer.clock.advance(Duration.ofSeconds(29));
        var second = mint();

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("jti")).isEqualTo(first.text("jti"));
        // the record's own expiry, not a new one
        assertThat(second.body().wholeNumber("expires_in")).hasValue(570);
        assertThat(issuer.lastAudit()).contains("\"result\":\"repeated\"");

        assertThat(issuer.redeem(second.accessToken(), "sign", ARTIFACT, "a").active())
                .isTrue();
        assertThat(issuer.redeem(first.accessToken(), "sign", ARTIFACT, "b").text("reason"))
                .isEqualTo("spent");
    }

    @Test
    void givesItAgainAtThirtySecondsAndNotAfter() {
        mint();
        issuer.clock.advance(Duration.ofSeconds(30));
        assertThat(mint().status()).isEqualTo(200);
        issuer.clock.advance(Duration.ofMillis(1));
        assertReplay(mint());
    }

    @Test
    void refusesTheSameProofUnderAnotherTxn() {
        mint();
        assertReplay(issuer.token(TestIssuer.signForm(proof, UUID.randomUUID().toString())));
    }

    @Test
    void refusesTheSameProofForAnotherRequest() {
        mint();
        var other = TestIssuer.form(
                proof,
                txn,
                "[{\"type\":\"task\",\"task\":\"sign-release\",\"identifier\":\"" + ARTIFACT.replace("app", "lib")
                        + "\"}]");
        assertReplay(issuer.token(other));
        var longer = TestIssuer.signForm(proof, txn);
        longer.put("requested_expires_in", "5");
        assertReplay(issuer.token(longer));
        assertReplay(issuer.token(TestIssuer.deployForm(proof)));
    }

    @Test
    void refusesTheSameProofWithoutTheTxn() {
        mint();
        var silent = TestIssuer.signForm(proof, txn);
        silent.remove("txn");
        assertReplay(issuer.token(silent));
    }

    @Test
    void refusesWhenTheFirstRequestHadNoTxn() {
        var silent = TestIssuer.signForm(proof, txn);
        silent.remove("txn");
        assertThat(issuer.token(silent).status()).isEqualTo(200);
        assertReplay(issuer.token(silent));
    }

    @Test
    void refusesAfterTheFirstUse() {
        issuer.redeem(mint().accessToken(), "sign", ARTIFACT, "a");
        assertReplay(mint());
    }

    @Test
    void refusesAfterTheClose() {
        issuer.revoke(Map.of("token", mint().accessToken()));
        assertReplay(mint());
    }

    @Test
    void refusesAnotherSpellingOfTheSignature() {
        mint();
        // One proof is one header.payload, however its signature is written.
        var resigned = proof.substring(0, proof.lastIndexOf('.')) + ".AAAA";
        assertReplay(
                issuer.token(TestIssuer.signForm(resigned, UUID.randomUUID().toString())));
    }

    private Answer mint() {
        return issuer.token(TestIssuer.signForm(proof, txn));
    }

    private static void assertReplay(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(answer.body().has("access_token")).isFalse();
    }
}
