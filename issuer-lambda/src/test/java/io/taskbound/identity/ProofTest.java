// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.task.ProviderName;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final String ISSUER = "https://token.actions.githubusercontent.com";

    private static Caller caller(String issuer) {
        return Profiles.named("github")
                .orElseThrow()
                .describe(
                        new ProviderName("github"),
                        issuer,
                        Proven.json(
                                "{\"sub\":\"s\",\"repository_id\":\"2002\",\"run_id\":\"7001\",\"run_attempt\":\"2\"}"),
                        "unused");
    }

    /** Computed by another program: these keys are in every ledger, so that a change of them loses its replay check. */
    @Test
    void derivesTheKeysThatAreWrittenDown() {
        var proof = ProofKeys.of(ProofKeys.digest(ISSUER, "eyJ0.eyJ1".getBytes(US_ASCII)), caller(ISSUER));

        assertThat(proof.runKey()).isEqualTo("K2dmkC_nFnN0K959m3YDTg");
        assertThat(proof.proofKey()).isEqualTo("16bIMq1CdF66fhnFG8I35_mog8Mh7gnw");
        assertThat(proof.sha256Hex()).isEqualTo("d7a6c832ad42745eba7e19c51bc237e7f9a883c321ee09f0e67b9735c535db9a");
    }

    @Test
    void differsByIssuer() {
        var octets = "eyJ0.eyJ1".getBytes(US_ASCII);
        var one = ProofKeys.of(ProofKeys.digest(ISSUER, octets), caller(ISSUER));
        var other = ProofKeys.of(ProofKeys.digest(ISSUER + "/acme", octets), caller(ISSUER + "/acme"));

        assertThat(one.runKey()).isNotEqualTo(other.runKey());
        assertThat(one.proofKey()).isNotEqualTo(other.proofKey());
    }

    @Test
    void isTheSameForTheSameTokenAndAnotherForEveryOther() {
        try (var scene = Scene.github()) {
            var claims = scene.claims();
            var token = scene.signer.idToken(claims);

            assertThat(Scene.verified(scene.verify(token)).proof())
                    .isEqualTo(Scene.verified(scene.verify(token)).proof());
            var next =
                    Scene.verified(scene.verify(claims.with("jti", "another"))).proof();
            assertThat(next.proofKey())
                    .isNotEqualTo(Scene.verified(scene.verify(token)).proof().proofKey());
            assertThat(next.runKey())
                    .isEqualTo(Scene.verified(scene.verify(token)).proof().runKey());
        }
    }

    @Test
    void refusesKeysOfAnotherLength() {
        assertThatThrownBy(() -> new ProofKeys("AAAA", "16bIMq1CdF66fhnFG8I35_mog8Mh7gnw", "0".repeat(64)))
                .hasMessageContaining("runKey");
        assertThatThrownBy(() -> new ProofKeys("K2dmkC_nFnN0K959m3YDTg", "AAAA", "0".repeat(64)))
                .hasMessageContaining("proofKey");
        assertThatThrownBy(() -> new ProofKeys("K2dmkC_nFnN0K959m3YDTg", "16bIMq1CdF66fhnFG8I35_mog8Mh7gnw", "0"))
                .hasMessageContaining("sha256Hex");
    }
}
