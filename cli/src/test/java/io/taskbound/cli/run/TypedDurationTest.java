// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedDurationTest {
    @ParameterizedTest
    @CsvSource({"1s,PT1S", "90s,PT90S", "10m,PT10M", "1h,PT1H", "24h,PT24H", "86400s,PT24H"})
    void readsWhatPeopleType(String typed, Duration meant) {
        assertThat(TypedDuration.parse(typed)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0s", "90", "s", "-1s", "1.5m", "1 m", "1M", "PT1M", "25h", "86401s", "99999999s", "1m30s"})
    void refusesEverythingElse(String typed) {
        assertThat(TypedDuration.parse(typed)).isEmpty();
    }
}
