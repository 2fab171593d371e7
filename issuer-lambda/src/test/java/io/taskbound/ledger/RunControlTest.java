// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunControlTest {
    private static final Instant CLOSING = Instant.parse("2026-11-23T12:00:00.500Z");
    private static final Instant AFTER = CLOSING.plusSeconds(60);
    private static final RunControl CONTROL = new RunControl(Optional.of(CLOSING), Optional.empty(), false);

    @Test
    void shutsAProofFromTheSecondOfTheClosing() {
        assertThat(CONTROL.blocks(Instant.parse("2026-11-23T12:00:00Z"), AFTER)).isTrue();
        assertThat(CONTROL.blocks(Instant.parse("2026-11-23T12:00:00.900Z"), AFTER))
                .isTrue();
    }

    @Test
    void leavesAProofFromTheNextSecondAlone() {
        assertThat(CONTROL.blocks(Instant.parse("2026-11-23T12:00:01Z"), AFTER)).isFalse();
    }

    @Test
    void shutsARecordFromTheInstantOfTheClosing() {
        assertThat(CONTROL.blocks(AFTER, CLOSING)).isTrue();
        assertThat(CONTROL.blocks(AFTER, CLOSING.plusMillis(1))).isFalse();
    }

    @Test
    void shutsEverythingOnceItHasEnded() {
        assertThat(new RunControl(Optional.empty(), Optional.empty(), true).blocks(AFTER, AFTER))
                .isTrue();
    }

    @Test
    void shutsNothingWhileItIsOpen() {
        assertThat(RunControl.OPEN.blocks(Instant.EPOCH, Instant.EPOCH)).isFalse();
    }
}
