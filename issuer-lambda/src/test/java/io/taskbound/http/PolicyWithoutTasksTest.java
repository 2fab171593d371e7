// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.InMemoryLedger;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy with {@code tasks: {}} stops granting and nothing else, as docs/operations.md says. */
class PolicyWithoutTasksTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());
    private String token = "";

    @BeforeEach
    void mintAndTakeTheTasksAway() {
        token = issuer.mintSign().accessToken();
        var whole = TestIssuer.policyJson(issuer.provider.issuer());
        var without = whole.substring(0, whole.indexOf("\"tasks\"")) + "\"tasks\":{}}";
        issuer.policy.replace(TestIssuer.compile(without));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void grantsNothingMore() {
        var answer = issuer.token(
                TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString()));
        assertThat(answer.text("error")).isEqualTo("invalid_authorization_details");
    }

    @Test
    void letsALivingTokenBeRenewedAndUsed() {
        assertThat(issuer.renew(token).status()).isEqualTo(200);
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "a").active()).isTrue();
    }

    @Test
    void letsItBeClosed() {
        issuer.revoke(Map.of("token", token));
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "a").active()).isFalse();
    }
}
