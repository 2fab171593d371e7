// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token that nobody could present must not be made, and must leave no record. */
class LongTokenTest {
    private static final int LONGEST_SUBJECT = 2048;

    private final Ledger ledger = new InMemoryLedger();
    private final TestIssuer issuer = new TestIssuer(ledger);

    @AfterEach
    void stop() {
        issuer.close();
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
        var proof = issuer.idToken("sub", "r".repeat(LONGEST_SUBJECT));
        var answer = issuer.token(TestIssuer.signForm(proof, UUID.randomUUID().toString()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(issuer.redeem(answer.accessToken(), "sign", TestIssuer.ARTIFACT, "u")
                        .active())
                .isTrue();
    }
}
