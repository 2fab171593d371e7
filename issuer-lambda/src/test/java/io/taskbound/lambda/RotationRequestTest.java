// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationRequestTest {
    private static final String KEY = "A".repeat(43);

    private static RotationRequest read(String input) {
        return RotationRequest.read(input.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "{}", "{\"version\":\"0\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}"})
    void theScheduleAndAnEmptyInvocationAskForAKeyThatIsDue(String input) {
        assertThat(read(input)).isEqualTo(new RotationRequest.WhenDue());
    }

    @Test
    void aPersonAsksForAKeyNow() {
        assertThat(read("{\"command\":\"rotate\",\"by\":\"arn:ann\",\"publish_for_seconds\":600}"))
                .isEqualTo(new RotationRequest.Rotate(Optional.of(Duration.ofMinutes(10)), "arn:ann"));
        assertThat(read("{\"command\":\"rotate\",\"by\":\"arn:ann\"}"))
                .isEqualTo(new RotationRequest.Rotate(Optional.empty(), "arn:ann"));
    }

    @Test
    void aPersonHasAKeyTakenOut() {
        assertThat(read("{\"command\":\"retire\",\"by\":\"arn:ann\",\"key_id\":\"" + KEY + "\"}"))
                .isEqualTo(new RotationRequest.Retire(KEY, false, "arn:ann"));
        assertThat(read("{\"command\":\"retire\",\"by\":\"arn:ann\",\"key_id\":\"" + KEY + "\",\"dry_run\":true}"))
                .isEqualTo(new RotationRequest.Retire(KEY, true, "arn:ann"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"command\":\"rotate\"}",
                "{\"command\":\"rotate\",\"by\":\"\"}",
                "{\"command\":\"rotate\",\"by\":\"line\\nbreak\"}",
                "{\"command\":\"rotate\",\"by\":\"ann\",\"publish_for_seconds\":-1}",
                "{\"command\":\"rotate\",\"by\":\"ann\",\"publish_for_seconds\":\"600\"}",
                "{\"command\":\"rotate\",\"by\":\"ann\",\"publish_for_seconds\":99999999}",
                "{\"command\":\"rotate\",\"by\":\"ann\",\"signing_key\":\"arn:another\"}",
                "{\"command\":\"retire\",\"by\":\"ann\"}",
                "{\"command\":\"retire\",\"by\":\"ann\",\"key_id\":\"A\"}",
                "{\"command\":\"delete\",\"by\":\"ann\"}",
                "{\"command\":7,\"by\":\"ann\"}"
            })
    void whatIsNeitherChangesNothing(String input) {
        assertThat(read(input)).isInstanceOf(RotationRequest.Unknown.class);
    }
}
