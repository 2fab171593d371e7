// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    /** Years after its ID token was made, and without any network. */
    @Test
    void playsAMint() {
        assertThatCode(() -> WarmUp.play(IssuerLambda::toWarmUp)).doesNotThrowAnyException();
    }
}
