// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.taskbound.issuer.KeyRotation.Outcome;
import io.taskbound.json.JsonText;
import org.junit.jupiter.api.Test;

/** What the function that a schedule runs makes of the outcome: its alarm knows failed invocations only. */
class KeyRotationLambdaTest {
    @Test
    void aRotationThatIsRefusedFailsTheInvocation() {
        assertThatIOException()
                .isThrownBy(
                        () -> RotationAnswer.ofTheSchedule(new Outcome.Refused("the key is not in its time", "wait")))
                .withMessage("no new signing key: the key is not in its time");
    }

    @Test
    void aRotationThatSomebodyElseDidIsNoFailure() throws Exception {
        assertThat(JsonText.of(RotationAnswer.ofTheSchedule(new Outcome.Overtaken())))
                .isEqualTo("{\"event\":\"key_rotation\",\"result\":\"overtaken\"}");
    }
}
