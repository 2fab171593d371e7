// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.policy.TokenType;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What every signer does, wherever its key is kept. */
abstract class TaskSignerContract {
    abstract TaskSigner signer() throws Exception;

    @Test
    void signsWhatItsPublishedKeyVerifies() throws Exception {
        var signer = signer();
        var verifier = new TaskTokenVerifier(SampleClaims.ISSUER, signer.publicKeys());
        for (int i = 0; i < 20; i++) {
            // often enough that R or S needs its leading zero bytes kept
            var token = TaskToken.sign(SampleClaims.of(TokenType.AT_JWT), signer);
            assertThat(verifier.verify(token.reveal())).isPresent();
        }
    }

    @Test
    void signsInTheFormOfJwsAndNotInDer() throws Exception {
        assertThat(signer().sign(new byte[] {1, 2, 3})).hasSize(64);
    }

    @Test
    void publishesNoPrivateMember() throws Exception {
        var keys = signer().publicKeys().array("keys").orElseThrow().items();
        assertThat(keys)
                .singleElement(InstanceOfAssertFactories.type(JsonObject.class))
                .satisfies(key -> assertThat(key.members().keySet())
                        .containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "use", "alg"));
    }
}
