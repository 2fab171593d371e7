// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.InMemoryLedger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing with an ID token of the same run: by handle, by job, by run. */
class CloseTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void closesOneTokenWithAFreshProofOfItsRun() {
        var first = deploy(issuer.idToken());
        var second = deploy(issuer.idToken());

        assertThat(close(issuer.idToken(), first.text("jti")).status()).isEqualTo(200);

        assertThat(isAlive(first)).isFalse();
        assertThat(isAlive(second)).isTrue();
    }

    @Test
    void closesWithTheProofThatWasAlreadyExchanged() {
        var proof = issuer.idToken();
        var token = deploy(proof);
        // older than the exchange allows, and still unexpired
        issuer.clock.advance(Duration.ofSeconds(299));

        close(proof, token.text("jti"));

        assertThat(isAlive(token)).isFalse();
    }

    @Test
    void leavesTheProofUnconsumed() {
        var token = deploy(issuer.idToken());
        var proof = issuer.idToken();
        close(proof, token.text("jti"));

        assertThat(deploy(proof).status()).isEqualTo(200);
    }

    @Test
    void leavesForeignTokensAlone() {
        var token = deploy(issuer.idToken());

        for (var claim : new String[] {"run_id", "run_attempt", "repository_id"}) {
            var foreign = issuer.idToken(claim, "999");
            assertThat(close(foreign, token.text("jti")).status()).isEqualTo(200);
            assertThat(close(foreign, "*").status()).isEqualTo(200);
            assertThat(close(foreign, "run:*").status()).isEqualTo(200);
        }

        assertThat(isAlive(token)).isTrue();
    }

    @Test
    void closesAllOfTheCallingJobAndNoOther() {
        var mine = deploy(issuer.idToken());
        var alsoMine = deploy(issuer.idToken());
        var otherJob = deploy(issuer.idToken("check_run_id", "90002"));

        close(issuer.idToken(), "*");

        assertThat(isAlive(mine)).isFalse();
        assertThat(isAlive(alsoMine)).isFalse();
        assertThat(isAlive(otherJob)).isTrue();
    }

    @Test
    void closesAllOfTheRun() {
        var mine = deploy(issuer.idToken());
        var otherJob = deploy(issuer.idToken("check_run_id", "90002"));

        close(issuer.idToken(), "run:*");

        assertThat(isAlive(mine)).isFalse();
        assertThat(isAlive(otherJob)).isFalse();
    }

    @Test
    void refusesAProofOlderThanTheCloseAndTakesALaterOne() {
        var stolen = issuer.idToken();
        close(issuer.idToken(), "run:*");

        assertThat(issuer.token(TestIssuer.deployForm(stolen)).text("error")).isEqualTo("invalid_request");
        assertThat(issuer.lastAudit()).contains("run_closed");

        issuer.clock.advance(Duration.ofSeconds(1));
        assertThat(deploy(issuer.idToken()).status()).isEqualTo(200);
    }

    @Test
    void refusesAProofOlderThanTheCloseThoughTheProvidersClockIsAhead() {
        long ahead = issuer.clock.instant().getEpochSecond() + 5;
        var stolen = issuer.idToken("iat", ahead);
        close(issuer.idToken("iat", ahead), "run:*");
        issuer.clock.advance(Duration.ofSeconds(2));

        assertThat(issuer.token(TestIssuer.deployForm(stolen)).text("error")).isEqualTo("invalid_request");
        assertThat(deploy(issuer.idToken("iat", ahead + 2)).status()).isEqualTo(200);
    }

    @Test
    void refusesAnExpiredProofAndChangesNothing() {
        var token = deploy(issuer.idToken());
        var proof = issuer.idToken();
        issuer.clock.advance(Duration.ofSeconds(331));

        var answer = close(proof, token.text("jti"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(isAlive(token)).isTrue();
    }

    @Test
    void leavesATokenAloneWhoseSignatureIsForged() {
        var token = deploy(issuer.idToken());
        var text = token.accessToken();
        var forged = text.substring(0, text.lastIndexOf('.') + 1) + "A".repeat(86);

        assertThat(issuer.revoke(Map.of("token", forged)).status()).isEqualTo(200);
        assertThat(issuer.revoke(Map.of("token", "not a token")).status()).isEqualTo(400);

        assertThat(isAlive(token)).isTrue();
    }

    private Answer deploy(String proof) {
        var answer = issuer.token(TestIssuer.deployForm(proof));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private Answer close(String proof, String handle) {
        return issuer.revoke(Map.of("subject_token", proof, "handle", handle));
    }

    private boolean isAlive(Answer minted) {
        return issuer.introspect(minted.accessToken(), "deployer", SIGNER_SECRET)
                .active();
    }
}
