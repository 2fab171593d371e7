// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Windows around every change of a clock, against a reference that only reads that clock, minute by minute: zones that
 * change at midnight, by half an hour, by two hours, by a whole day, and with odd offsets.
 */
class ByTheMinuteTest {
    private static final long SEED = 15;
    private static final int SETS = 8;
    private static final int MINUTES = 9 * 24 * 60;
    private static final int AROUND = 5 * 60;

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2024, 2027",
        "Europe/London, 2026, 2026",
        "America/New_York, 2026, 2027",
        "America/St_Johns, 2010, 2010",
        "America/Havana, 2026, 2026",
        "America/Sao_Paulo, 2018, 2018",
        "Africa/Casablanca, 2026, 2026",
        "Africa/Cairo, 2025, 2026",
        "Antarctica/Troll, 2026, 2026",
        "Asia/Beirut, 2026, 2026",
        "Asia/Kathmandu, 1986, 1986",
        "Australia/Lord_Howe, 2026, 2027",
        "Pacific/Apia, 2011, 2011",
        "Pacific/Chatham, 2026, 2026",
    })
    void areOpenExactlyWhenTheClockSaysSo(ZoneId zone, int first, int last) {
        var random = new SplittableRandom(SEED);
        var changes = changes(zone, first, last);
        assertThat(changes).isNotEmpty();

        for (var change : changes) {
            var start = change.truncatedTo(ChronoUnit.MINUTES).minus(MINUTES / 2, ChronoUnit.MINUTES);
            var clock = clock(zone, start);
            for (int set = 0; set < SETS; set++) {
                compare(zone, change, start, clock, random);
            }
        }
    }

    private static List<Instant> changes(ZoneId zone, int first, int last) {
        var changes = new ArrayList<Instant>();
        var at = LocalDate.of(first, 1, 1).atStartOfDay().minusDays(1).toInstant(ZoneOffset.UTC);
        while (true) {
            var next = zone.getRules().nextTransition(at);
            if (next == null || next.getDateTimeBefore().getYear() > last) {
                return changes;
            }
            at = next.getInstant();
            changes.add(at);
        }
    }

    private static void compare(
            ZoneId zone, Instant change, Instant start, LocalDateTime[] clock, SplittableRandom random) {
        var open = new BitSet(MINUTES);
        var windows = new ArrayList<Window>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            windows.add(window(zone, clock, change, random, open));
        }
        var set = Windows.of(windows);
        for (int offset = -AROUND; offset <= AROUND; offset++) {
            compare(set, open, start, MINUTES / 2 + offset);
        }
        for (int i = 0; i < 100; i++) {
            compare(set, open, start, random.nextInt(2 * 24 * 60, MINUTES - 2 * 24 * 60));
        }
    }

    private static void compare(Windows windows, BitSet open, Instant start, int minute) {
        var now = start.plus(minute, ChronoUnit.MINUTES);
        Supplier<String> what = () -> windows + " at " + now;
        assertThat(windows.areOpen(now)).as(what).isEqualTo(open.get(minute));
        assertThat(windows.areOpen(now.plusSeconds(59))).as(what).isEqualTo(open.get(minute));

        int end = open.get(minute) ? open.nextClearBit(minute) : minute;
        var until = windows.openUntil(now);
        if (!open.get(minute)) {
            assertThat(until).as(what).isEmpty();
        } else if (end < MINUTES - 24 * 60) {
            assertThat(until).as(what).contains(start.plus(end, ChronoUnit.MINUTES));
        }
        int next = open.nextSetBit(end);
        if (next >= 0 && next < MINUTES - 24 * 60) {
            assertThat(windows.nextOpening(now)).as(what).contains(start.plus(next, ChronoUnit.MINUTES));
        } else {
            assertThat(windows.nextOpening(now)
                            .filter(at -> at.isBefore(start.plus(MINUTES - 24 * 60L, ChronoUnit.MINUTES))))
                    .as(what)
                    .isEmpty();
        }
    }

    /** What the clock on the wall shows in each minute. */
    private static LocalDateTime[] clock(ZoneId zone, Instant start) {
        var shown = new LocalDateTime[MINUTES];
        for (int minute = 0; minute < MINUTES; minute++) {
            shown[minute] = LocalDateTime.ofInstant(start.plus(minute, ChronoUnit.MINUTES), zone);
        }
        return shown;
    }

    /** A window whose ends lie near the change more often than not, and the minutes in which it is open. */
    private static Window window(
            ZoneId zone, LocalDateTime[] clock, Instant change, SplittableRandom random, BitSet open) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            if (random.nextInt(3) > 0) {
                days.add(day);
            }
        }
        if (days.isEmpty()) {
            days.add(DayOfWeek.SUNDAY);
        }
        int from = time(zone, change, random) % WeeklyWindow.MINUTES_A_DAY;
        int to = random.nextInt(8) == 0 ? WeeklyWindow.MINUTES_A_DAY : time(zone, change, random);
        mark(clock, days, from, to, open);
        return new WeeklyWindow(days, from, to, zone);
    }

    private static int time(ZoneId zone, Instant change, SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return random.nextInt(WeeklyWindow.MINUTES_A_DAY);
        }
        var near = LocalDateTime.ofInstant(change, zone).plusMinutes(5L * random.nextInt(-30, 31));
        return near.getHour() * 60 + near.getMinute();
    }

    /**
     * Open is what lies between the first minute that shows the start or later and the last that shows less than the
     * end.
     */
    private static void mark(LocalDateTime[] clock, EnumSet<DayOfWeek> days, int from, int to, BitSet open) {
        var last = clock[MINUTES - 1].toLocalDate().plusDays(1);
        for (var day = clock[0].toLocalDate().minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                var opens = day.atStartOfDay().plusMinutes(from);
                var closes = day.plusDays(to > from ? 0 : 1).atStartOfDay().plusMinutes(to);
                int start = first(clock, opens).orElse(MINUTES);
                int end = lastBefore(clock, closes);
                if (start <= end) {
                    open.set(start, end + 1);
                }
            }
        }
    }

    private static Optional<Integer> first(LocalDateTime[] clock, LocalDateTime reached) {
        for (int minute = 0; minute < MINUTES; minute++) {
            if (!clock[minute].isBefore(reached)) {
                return Optional.of(minute);
            }
        }
        return Optional.empty();
    }

    private static int lastBefore(LocalDateTime[] clock, LocalDateTime end) {
        for (int minute = MINUTES - 1; minute >= 0; minute--) {
            if (clock[minute].isBefore(end)) {
                return minute;
            }
        }
        return -1;
    }
}
