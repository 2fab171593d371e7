// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Berlin puts its clocks on at 2026-03-29 02:00 and back at 2026-10-25 03:00. */
class WindowsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    private static WeeklyWindow daily(String from, String to) {
        return weekly(EVERY_DAY, from, to, BERLIN);
    }

    private static WeeklyWindow weekly(Set<DayOfWeek> days, String from, String to, ZoneId zone) {
        return new WeeklyWindow(days, minute(from), minute(to), zone);
    }

    private static int minute(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    private static Window once(String from, String to) {
        return new AbsoluteWindow(Instant.parse(from), Instant.parse(to), Optional.empty());
    }

    private static Windows of(Window... windows) {
        return Windows.of(List.of(windows));
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    @Nested
    class OnAnUsualDay {
        private final Windows office = of(weekly(
                EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY),
                "09:00",
                "16:00",
                BERLIN));

        @Test
        void itsFirstInstantIsOpenAndItsEndIsNot() {
            assertThat(office.areOpen(at("2026-12-01T07:59:59.999Z"))).isFalse();
            assertThat(office.areOpen(at("2026-12-01T08:00:00Z"))).isTrue();
            assertThat(office.areOpen(at("2026-12-01T14:59:59.999Z"))).isTrue();
            assertThat(office.areOpen(at("2026-12-01T15:00:00Z"))).isFalse();
        }

        @Test
        void saysWhenItEndsAndWhenTheNextOneOpens() {
            assertThat(office.openUntil(at("2026-12-03T10:00:00Z"))).contains(at("2026-12-03T15:00:00Z"));
            assertThat(office.nextOpening(at("2026-12-03T10:00:00Z"))).contains(at("2026-12-07T08:00:00Z"));
            assertThat(office.openUntil(at("2026-12-04T10:00:00Z"))).isEmpty();
            assertThat(office.nextOpening(at("2026-12-04T10:00:00Z"))).contains(at("2026-12-07T08:00:00Z"));
        }

        @Test
        void reads() {
            assertThat(office).hasToString("mon,tue,wed,thu 09:00-16:00 Europe/Berlin");
            assertThat(of(daily("22:00", "24:00"), once("2026-12-05T22:00:00Z", "2026-12-06T02:00:00Z")))
                    .hasToString("every day 22:00-24:00 Europe/Berlin; 2026-12-05T22:00:00Z to 2026-12-06T02:00:00Z");
        }
    }

    @Nested
    class OverMidnight {
        @Test
        void theDayIsTheOneOnWhichItOpens() {
            var night = of(weekly(EnumSet.of(DayOfWeek.SATURDAY), "22:00", "02:00", BERLIN));

            assertThat(night.areOpen(at("2026-12-05T00:30:00Z"))).isFalse();
            assertThat(night.openUntil(at("2026-12-05T21:30:00Z"))).contains(at("2026-12-06T01:00:00Z"));
            assertThat(night.openUntil(at("2026-12-06T00:59:59Z"))).contains(at("2026-12-06T01:00:00Z"));
        }

        @Test
        void equalTimesAreADay() {
            var day = of(weekly(EnumSet.of(DayOfWeek.SATURDAY), "09:00", "09:00", BERLIN));

            assertThat(day.openUntil(at("2026-12-05T08:00:00Z"))).contains(at("2026-12-06T08:00:00Z"));
        }

        @Test
        void twentyFourHundredIsTheDaysEnd() {
            var evening = of(weekly(EnumSet.of(DayOfWeek.SATURDAY), "22:00", "24:00", BERLIN));

            assertThat(evening.openUntil(at("2026-12-05T21:30:00Z"))).contains(at("2026-12-05T23:00:00Z"));
        }
    }

    @Nested
    class InTheHourThatIsSkipped {
        @Test
        void itOpensWithTheShift() {
            var window = of(daily("02:30", "05:00"));

            assertThat(window.nextOpening(at("2026-03-28T12:00:00Z"))).contains(at("2026-03-29T01:00:00Z"));
            assertThat(window.areOpen(at("2026-03-29T00:59:59Z"))).isFalse();
        }

        @Test
        void itClosesWithTheShift() {
            var window = of(daily("00:00", "02:30"));

            assertThat(window.openUntil(at("2026-03-29T00:30:00Z"))).contains(at("2026-03-29T01:00:00Z"));
        }

        @Test
        void wholeItDoesNotOpenOnThatDay() {
            var window = of(daily("02:10", "02:50"));

            assertThat(window.nextOpening(at("2026-03-28T12:00:00Z"))).contains(at("2026-03-30T00:10:00Z"));
        }
    }

    @Nested
    class InTheHourThatIsRepeated {
        @Test
        void itOpensTheFirstTime() {
            var window = of(daily("02:30", "05:00"));

            assertThat(window.nextOpening(at("2026-10-24T12:00:00Z"))).contains(at("2026-10-25T00:30:00Z"));
            assertThat(window.openUntil(at("2026-10-25T00:30:00Z"))).contains(at("2026-10-25T04:00:00Z"));
        }

        @Test
        void itClosesTheSecondTime() {
            var window = of(daily("00:00", "02:30"));

            assertThat(window.openUntil(at("2026-10-25T00:00:00Z"))).contains(at("2026-10-25T01:30:00Z"));
        }

        @Test
        void aWindowUpToThatHourIsNoLonger() {
            var window = of(daily("00:00", "02:00"));

            assertThat(window.openUntil(at("2026-10-24T23:00:00Z"))).contains(at("2026-10-25T00:00:00Z"));
        }

        @Test
        void aWindowFromItsEndOnIsNoLonger() {
            var window = of(daily("03:00", "04:00"));

            assertThat(window.nextOpening(at("2026-10-24T12:00:00Z"))).contains(at("2026-10-25T02:00:00Z"));
            assertThat(window.openUntil(at("2026-10-25T02:00:00Z"))).contains(at("2026-10-25T03:00:00Z"));
        }
    }

    @Nested
    class Several {
        @Test
        void areOneWhereTheyTouchOrOverlap() {
            var windows = of(
                    daily("09:00", "12:00"),
                    daily("12:00", "13:00"),
                    once("2026-12-01T11:30:00Z", "2026-12-01T13:15:00Z"));

            assertThat(windows.openUntil(at("2026-12-01T09:00:00Z"))).contains(at("2026-12-01T13:15:00Z"));
            assertThat(windows.nextOpening(at("2026-12-01T09:00:00Z"))).contains(at("2026-12-02T08:00:00Z"));
        }

        @Test
        void thatNeverCloseEndFarAwayAndNoNextOneOpens() {
            var always = of(daily("00:00", "24:00"));
            var now = at("2026-12-01T09:00:00Z");

            assertThat(always.neverClose()).isTrue();
            assertThat(always.openUntil(now).orElseThrow()).isAfterOrEqualTo(now.plus(Duration.ofDays(8)));
            assertThat(always.nextOpening(now)).isEmpty();
        }

        @Test
        void thatAreOverDoNotOpenAgain() {
            var past = of(once("2026-12-05T22:00:00Z", "2026-12-06T02:00:00Z"));

            assertThat(past.nextOpening(at("2026-12-05T21:59:59Z"))).contains(at("2026-12-05T22:00:00Z"));
            assertThat(past.nextOpening(at("2026-12-05T22:00:00Z"))).isEmpty();
            assertThat(past.nextOpening(at("2026-12-06T02:00:00Z"))).isEmpty();
            assertThat(past.openUntil(at("2026-12-06T02:00:00Z"))).isEmpty();
        }

        @Test
        void nameTheChangeOfTheOneThatIsOpen() {
            var windows = of(
                    daily("00:00", "24:00"),
                    new AbsoluteWindow(at("2026-12-05T22:00:00Z"), at("2026-12-06T02:00:00Z"), Optional.of("CHG1")));

            assertThat(windows.change(at("2026-12-05T23:00:00Z"))).contains("CHG1");
            assertThat(windows.change(at("2026-12-06T02:00:00Z"))).isEmpty();
        }

        @Test
        void ofNoneTheTaskMayBeDoneAtAnyTime() {
            assertThat(Windows.of(List.of()).areOpen(Instant.EPOCH)).isTrue();
            assertThat(Windows.NONE.openUntil(Instant.EPOCH)).isEmpty();
            assertThat(Windows.NONE.nextOpening(Instant.EPOCH)).isEmpty();
        }
    }

    @Nested
    class Cover {
        @Test
        void whatIsWithinThem() {
            var wide = of(daily("09:00", "16:00"), daily("16:00", "20:00"));

            assertThat(wide.cover(of(daily("10:00", "18:00")))).isTrue();
            assertThat(wide.cover(of(weekly(EnumSet.of(DayOfWeek.MONDAY), "09:00", "20:00", BERLIN))))
                    .isTrue();
            assertThat(wide.cover(of(once("2026-12-01T09:00:00Z", "2026-12-01T19:00:00Z"))))
                    .isTrue();
            assertThat(wide.cover(wide)).isTrue();
        }

        @Test
        void nothingThatIsBeyondThem() {
            var windows = of(daily("09:00", "16:00"));

            assertThat(windows.cover(of(daily("09:00", "16:01")))).isFalse();
            assertThat(windows.cover(of(daily("08:59", "16:00")))).isFalse();
            assertThat(windows.cover(of(daily("16:00", "09:00")))).isFalse();
            assertThat(windows.cover(of(once("2026-12-01T09:00:00Z", "2026-12-01T15:00:01Z"))))
                    .isFalse();
            assertThat(windows.cover(Windows.NONE)).isFalse();
        }

        @Test
        void noWindowOfAnotherClock() {
            var windows = of(daily("09:00", "16:00"));

            assertThat(windows.cover(of(weekly(EVERY_DAY, "11:00", "12:00", ZoneId.of("America/New_York")))))
                    .isFalse();
        }

        @Test
        void aWindowOverTheEndOfTheWeek() {
            var windows = of(weekly(EnumSet.of(DayOfWeek.SUNDAY), "22:00", "04:00", BERLIN));

            assertThat(windows.cover(of(weekly(EnumSet.of(DayOfWeek.MONDAY), "01:00", "03:00", BERLIN))))
                    .isTrue();
            assertThat(windows.cover(of(weekly(EnumSet.of(DayOfWeek.MONDAY), "03:00", "05:00", BERLIN))))
                    .isFalse();
        }

        @Test
        void everythingWhereTheyNeverClose() {
            var always = of(daily("12:00", "12:00"));

            assertThat(always.cover(Windows.NONE)).isTrue();
            assertThat(Windows.NONE.cover(always)).isTrue();
            assertThat(of(daily("00:00", "23:59")).neverClose()).isFalse();
        }
    }

    @Nested
    class Bad {
        @Test
        void areRefused() {
            var now = Instant.EPOCH;
            assertThatThrownBy(() -> new AbsoluteWindow(now, now, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new AbsoluteWindow(now, now.plusSeconds(1), Optional.of("CHG 1")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new WeeklyWindow(Set.of(), 0, 1, BERLIN))
                    .isInstanceOf(IllegalArgumentException.class);
            for (var bad : new int[][] {{-1, 5}, {1440, 5}, {5, 1441}, {5, -1}}) {
                assertThatThrownBy(() -> new WeeklyWindow(EVERY_DAY, bad[0], bad[1], BERLIN))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
