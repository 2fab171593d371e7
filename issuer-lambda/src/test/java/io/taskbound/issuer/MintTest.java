// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a mint grants and refuses, through the same front door that API Gateway uses. */
class MintTest {
    private static final int MAX_SUBJECT = 2048;

    private final Ledger ledger = new InMemoryLedger();
    private final TestIssuer issuer = new TestIssuer(ledger);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void grantsOneTaskOnOneTarget() {
        var txn = UUID.randomUUID().toString();
        var answer = issuer.token(TestIssuer.signForm(issuer.idToken(), txn));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.text("issued_token_type")).isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(answer.text("txn")).isEqualTo(txn);
        assertThat(answer.body().has("refresh_token")).isFalse();
        // 10 minutes from the whole second that iat names, so a fraction of a second less from now
        assertThat(answer.body().wholeNumber("expires_in")).hasValue(599);
        assertThat(answer.body().wholeNumber("lease_expires_in")).hasValue(60);
        assertThat(issuer.lastAudit())
                .contains("\"event\":\"mint\"", "\"result\":\"granted\"", "\"task\":\"sign-release\"", "\"jti\":\"")
                .contains("\"project_id\":\"2002\"", "\"started_by\":\"octocat\"", "\"rule\":");
    }

    @Test
    void decidesADryRunWithoutConsumingAnything() {
        var proof = issuer.idToken();
        var form = TestIssuer.signForm(proof, UUID.randomUUID().toString());
        form.put("dry_run", "true");

        assertThat(issuer.token(form).body().bool("would_grant")).contains(true);
        assertThat(issuer.token(form).body().bool("would_grant")).contains(true);

        form.remove("dry_run");
        assertThat(issuer.token(form).status()).isEqualTo(200);
    }

    @Test
    void refusesAnUnknownTaskAndAForbiddenOneWithTheSameWords() {
        var unknown = issuer.token(TestIssuer.form(
                issuer.idToken(),
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"no-such-task\",\"identifier\":\"x\"}]"));
        var forbidden = issuer.token(TestIssuer.signForm(
                issuer.idToken("repository_id", "6666"), UUID.randomUUID().toString()));

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("error")).isEqualTo("invalid_authorization_details");
        assertThat(forbidden.status()).isEqualTo(unknown.status());
        assertThat(forbidden.text("error")).isEqualTo(unknown.text("error"));
        assertThat(forbidden.text("error_description")).isEqualTo(unknown.text("error_description"));
        assertThat(forbidden.text("request_id")).isNotEmpty();
        assertThat(issuer.lastAudit())
                .contains(forbidden.text("request_id"))
                .contains("\"nearest\":", "repository_id", "6666", "2002");
    }

    @Test
    void tellsOfAWrongResourceServerOnlyWhoMayDoTheTask() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        form.put("resource", "https://deploy.acme.example");
        assertThat(issuer.token(form).text("error")).isEqualTo("invalid_target");

        var stranger = TestIssuer.signForm(
                issuer.idToken("repository_id", "6666"), UUID.randomUUID().toString());
        stranger.put("resource", "https://deploy.acme.example");
        assertThat(issuer.token(stranger).text("error")).isEqualTo("invalid_authorization_details");
    }

    @Test
    void refusesItsOwnTokenAsProof() {
        var own = issuer.mintSign().accessToken();

        var answer = issuer.token(TestIssuer.signForm(own, UUID.randomUUID().toString()));

        assertThat(answer.text("error")).isEqualTo("invalid_request");
    }

    @Test
    void refusesWhatWouldNotBeKnownAgain() {
        // JSON writes six characters for each of these
        var proof = issuer.idToken("sub", "\u0001".repeat(1_500));
        var answer = issuer.token(TestIssuer.form(proof, UUID.randomUUID().toString(), eightLongArtifacts()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"token_too_long\"");
    }

    private static String eightLongArtifacts() {
        return IntStream.range(0, 8)
                .mapToObj(i -> "{\"type\":\"task\",\"task\":\"sign-release\",\"identifier\":\""
                        + TestIssuer.ARTIFACT.replace("app.jar", "a".repeat(400) + i) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void grantsTheLongestOrdinarySubjectAndKnowsItsTokenAgain() {
        var proof = issuer.idToken("sub", "r".repeat(MAX_SUBJECT));
        var answer = issuer.token(TestIssuer.signForm(proof, UUID.randomUUID().toString()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(issuer.redeem(answer.accessToken(), "sign", TestIssuer.ARTIFACT, "u")
                        .active())
                .isTrue();
    }

    /** One ID token gives at most one task token, and a client that lost the answer gets that one again. */
    @Nested
    class OneIdToken {
        private final String proof = issuer.idToken();
        private final String txn = UUID.randomUUID().toString();

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

            assertThat(issuer.redeem(second.accessToken(), "sign", ARTIFACT, "a")
                            .active())
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
            assertReplay(
                    issuer.token(TestIssuer.signForm(proof, UUID.randomUUID().toString())));
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
}
