// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalTest {
    /** Years after its ID token was made, and without any network. */
    @ParameterizedTest
    @EnumSource
    void playsALifeOfATokenOrItsBeginning(Rehearsal.Length length) {
        assertThatCode(() -> Rehearsal.play(length)).doesNotThrowAnyException();
    }
}
