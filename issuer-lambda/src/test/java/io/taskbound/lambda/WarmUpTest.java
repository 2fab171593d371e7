// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
    /** Years after its ID token was made, and without any network. */
    @ParameterizedTest
    @EnumSource
    void playsALifeOfATokenOrItsBeginning(WarmUp.Length length) {
        assertThatCode(() -> WarmUp.play(length, IssuerLambda::toWarmUp)).doesNotThrowAnyException();
    }
}
