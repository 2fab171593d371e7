// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static io.taskbound.token.KeySchedule.RETIREMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
    private static final Instant ROTATED = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant TAKES_OVER = ROTATED.plus(Duration.ofHours(1));
    private static final Instant FORGOTTEN = TAKES_OVER.plus(RETIREMENT);
    private static final Duration INSTANT = Duration.ofMillis(1);

    private final KeyRecord first = key("A", ROTATED.minus(Duration.ofDays(90)), ROTATED.minus(Duration.ofDays(90)));
    private final KeyRecord second = key("B", ROTATED, TAKES_OVER);
    private final KeySchedule schedule = new KeySchedule(List.of(second, first));

    private static KeyRecord key(String letter, Instant publish, Instant sign) {
        return new KeyRecord(
                letter.repeat(43),
                new KeyRecord.KeyLocation.InKms("arn:aws:kms:eu-central-1:111122223333:key/" + letter),
                publish,
                sign,
                Optional.empty(),
                "arn:aws:iam::111122223333:user/rotator");
    }

    private void assertSigns(Instant now, KeyRecord expected) {
        assertThat(schedule.signing(now)).contains(expected);
    }

    @Test
    void theNewKeyIsPublishedFromItsRotationOnAndDoesNotSignYet() {
        assertThat(schedule.published(ROTATED.minus(INSTANT))).containsExactly(first);
        assertThat(schedule.published(ROTATED)).containsExactly(first, second);
        assertThat(schedule.phase(second, ROTATED)).isEqualTo(KeyPhase.PUBLISHED);
        assertSigns(ROTATED, first);
    }

    @Test
    void theNewKeyTakesOverAtItsDateAndTheOldOneStaysPublished() {
        assertSigns(TAKES_OVER.minus(INSTANT), first);
        assertSigns(TAKES_OVER, second);
        assertThat(schedule.phase(first, TAKES_OVER)).isEqualTo(KeyPhase.RETIRING);
        assertThat(schedule.published(FORGOTTEN.minus(INSTANT))).containsExactly(first, second);
    }

    @Test
    void theOldKeyGoesWhenItsLastTokenIsDead() {
        assertThat(schedule.published(FORGOTTEN)).containsExactly(second);
        assertThat(schedule.phase(first, FORGOTTEN)).isEqualTo(KeyPhase.REMOVED);
        assertThat(schedule.removal(first, ROTATED)).contains(FORGOTTEN);
    }

    @Test
    void aKeyThatNobodyFollowsSignsForEver() {
        assertSigns(FORGOTTEN.plus(Duration.ofDays(3_650)), second);
        assertThat(schedule.removal(second, FORGOTTEN)).isEmpty();
    }

    @Test
    void nobodySignsBeforeTheFirstKeysDate() {
        assertThat(new KeySchedule(List.of(second)).signing(TAKES_OVER.minus(INSTANT)))
                .isEmpty();
        assertThat(new KeySchedule(List.of()).signing(TAKES_OVER)).isEmpty();
    }

    @Test
    void aKeyThatIsTakenAwayIsGoneAtOnceAndItsPredecessorSignsAgain() {
        var taken = TAKES_OVER.plus(Duration.ofMinutes(5));
        var without = new KeySchedule(List.of(first, second.removedAt(taken)));

        assertThat(without.signing(taken.minus(INSTANT))).contains(second.removedAt(taken));
        assertThat(without.signing(taken)).contains(first);
        assertThat(without.published(taken)).containsExactly(first);
        assertThat(without.phase(first, taken)).isEqualTo(KeyPhase.SIGNING);
    }

    @Test
    void exactlyOneKeySignsAtAnyInstantOfManyRotations() {
        var third = key("C", TAKES_OVER.plusSeconds(60), TAKES_OVER.plusSeconds(660));
        var twin = key("D", TAKES_OVER.plusSeconds(60), TAKES_OVER.plusSeconds(660));
        var many = new KeySchedule(List.of(first, second, third, twin));

        for (var now = ROTATED; now.isBefore(FORGOTTEN.plus(RETIREMENT)); now = now.plusSeconds(7)) {
            var at = now;
            assertThat(many.keys().stream().filter(key -> many.phase(key, at) == KeyPhase.SIGNING))
                    .as("at %s", at)
                    .hasSize(1);
        }
    }

    @Test
    void aKeyOutlivesTheLongestTokenAnInstanceThatFollowedLateAndAClockThatIsOff() {
        assertThat(RETIREMENT)
                .isGreaterThan(
                        Duration.ofHours(1).plusSeconds(60).plusSeconds(30).plusSeconds(30));
    }

    @Test
    void aKeyCannotSignBeforeItIsPublished() {
        assertThatThrownBy(() -> key("E", TAKES_OVER, ROTATED)).isInstanceOf(IllegalArgumentException.class);
    }
}
