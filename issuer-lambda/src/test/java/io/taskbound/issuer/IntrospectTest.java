// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.InMemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a resource server is told of a token, and which one. */
class IntrospectTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void showsALimitedTokenAsInactiveToAServerThatMustRedeem() {
        var token = issuer.mintSign().accessToken();

        var answer = issuer.introspect(token, "signer", SIGNER_SECRET);

        assertThat(answer.body().members()).hasSize(1);
        assertThat(answer.active()).isFalse();
        assertThat(issuer.lastAudit()).contains("must_redeem");
    }

    @Test
    void showsAnUnlimitedTokenToItsOwnServerAlone() {
        var token = issuer.token(TestIssuer.deployForm(issuer.idToken())).accessToken();

        var own = issuer.introspect(token, "deployer", SIGNER_SECRET);
        assertThat(own.active()).isTrue();
        assertThat(own.text("sub")).startsWith("task:deploy:github:");
        assertThat(own.text("aud")).isEqualTo("https://deploy.acme.example");
        assertThat(own.text("client_id")).isEqualTo("github");
        assertThat(own.body().object("act").orElseThrow().string("sub")).contains("repo:acme/shop:ref:refs/heads/main");

        var other = issuer.introspect(token, "signer", SIGNER_SECRET);
        assertThat(other.body().members()).hasSize(1);
        assertThat(other.active()).isFalse();
    }
}
