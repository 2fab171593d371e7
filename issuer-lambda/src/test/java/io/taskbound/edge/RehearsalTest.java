// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {
    /** Years after its ID token was made, and without any network. */
    @Test
    void playsAWholeLifeOfAToken() {
        assertThatCode(Rehearsal::play).doesNotThrowAnyException();
    }
}
