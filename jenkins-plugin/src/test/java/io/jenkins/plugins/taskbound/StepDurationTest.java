// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepDurationTest {
    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "1h, 3600"})
    void readsWhatPeopleType(String text, long seconds) {
        assertThat(StepDuration.read("lease", text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "0s", "-1s", "1.5m", "10 m", "m", "PT10M", "10M", "1d", "9999999s", "10m\n"})
    void refusesTheRestAndSaysWhatItWants(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepDuration.read("lease", text))
                .withMessage("lease must be a number followed by s, m or h, such as 90s or 10m");
    }
}
