// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.issuer.CurrentPolicy;
import org.junit.jupiter.api.Test;

/** Our own tokens must never be proofs for more of them. */
class OwnIssuerTest {
    @Test
    void refusesAPolicyThatTrustsThisIssuerAsAProvider() {
        var policy = TestIssuer.compile(TestIssuer.policyJson(TestIssuer.ISSUER));

        assertThatThrownBy(() -> CurrentPolicy.requireOthers(policy, TestIssuer.ISSUER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("provider github names this issuer's own URL");
    }

    @Test
    void acceptsOneThatTrustsOthers() {
        var policy = TestIssuer.compile(TestIssuer.policyJson("https://token.actions.githubusercontent.com"));

        assertThatCode(() -> CurrentPolicy.requireOthers(policy, TestIssuer.ISSUER))
                .doesNotThrowAnyException();
    }
}
