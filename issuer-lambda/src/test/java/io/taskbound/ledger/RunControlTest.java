// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunControlTest {
    private static final Instant CLOSING = Instant.parse("2026-11-23T12:00:00.500Z");
    private static final Instant AFTER = CLOSING.plusSeconds(60);
    private static final RunControl CONTROL = RunControl.closedAt(CLOSING);

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
        assertThat(RunControl.endedAt(CLOSING).blocks(AFTER, AFTER)).isTrue();
    }

    @Test
    void saysSinceWhenByTheFirstClosingThatCovers() {
        var later = CLOSING.plusSeconds(120);
        var twice = new RunControl(Optional.of(CLOSING), Optional.of(later), Optional.empty(), Optional.empty());

        assertThat(twice.blockedSince(CLOSING.minusSeconds(9), CLOSING.minusSeconds(8)))
                .contains(CLOSING);
        assertThat(twice.blockedSince(CLOSING.minusSeconds(9), AFTER))
                .as("by its old proof")
                .contains(CLOSING);
        assertThat(twice.blockedSince(AFTER, AFTER)).contains(later);
        assertThat(twice.blockedSince(later.plusSeconds(1), later.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void saysSinceWhenByTheEndIfThatCameFirst() {
        var both = new RunControl(Optional.of(AFTER), Optional.of(AFTER), Optional.empty(), Optional.of(CLOSING));
        assertThat(both.blockedSince(CLOSING, CLOSING)).contains(CLOSING);
        assertThat(both.blockedSince(AFTER.plusSeconds(9), AFTER.plusSeconds(9)))
                .contains(CLOSING);
        assertThat(RunControl.OPEN.blockedSince(CLOSING, CLOSING)).isEmpty();
    }

    @Test
    void saysSinceWhenWhereOnlyProofsAreClosed() {
        var proofs = new RunControl(Optional.of(CLOSING), Optional.of(CLOSING), Optional.of(AFTER), Optional.empty());
        assertThat(proofs.blockedSince(AFTER, AFTER)).contains(CLOSING);
    }

    @Test
    void shutsNothingWhileItIsOpen() {
        assertThat(RunControl.OPEN.blocks(Instant.EPOCH, Instant.EPOCH)).isFalse();
    }
}
