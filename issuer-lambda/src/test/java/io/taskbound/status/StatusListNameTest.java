// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusListNameTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:59:59Z");
    private static final Duration SKEW = Duration.ofMinutes(5);

    @Test
    void namesTheHourAndTheNumber() {
        var name = StatusListName.at(NOW, 3);
        assertThat(name).hasToString("498730.3");
        assertThat(StatusListName.parse("498730.3")).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "498730",
                "498730.",
                ".0",
                "498730.00",
                "498730.100",
                "0498730.0",
                "0.0",
                "-1.0",
                "4 .0",
                "498730.0/",
                "498730.0.0",
                "99999999999.0",
                "\u0664.0",
                "../jwks.json"
            })
    void readsNothingElse(String text) {
        assertThat(StatusListName.parse(text)).isEmpty();
    }

    @Test
    void aListIsThereUntilItsLastTokenHasExpiredAndAnHourMore() {
        var name = StatusListName.at(NOW, 0);
        assertThat(name.goneAt()).isEqualTo(Instant.parse("2026-11-23T13:00:00Z"));
        assertThat(name.isOf(Instant.parse("2026-11-23T12:59:59Z"), SKEW)).isTrue();
        assertThat(name.isOf(Instant.parse("2026-11-23T13:00:00Z"), SKEW)).isFalse();
        assertThat(name.isOf(Instant.parse("2026-11-23T09:54:59Z"), SKEW)).isFalse();
        assertThat(name.isOf(Instant.parse("2026-11-23T09:55:00Z"), SKEW)).isTrue();
    }
}
