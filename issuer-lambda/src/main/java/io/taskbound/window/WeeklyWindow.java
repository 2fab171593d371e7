// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A window that opens on the same days of each week, by the clock of one place. Each opening is one stretch of time: it
 * begins when that clock first shows {@code from} or later, and ends when the clock will not again show a time before
 * {@code to}. So in the hour that daylight saving skips, it opens or closes with the shift; of the hour that is
 * repeated, it has both.
 */
public final class WeeklyWindow implements Window {
    public static final int MINUTES_A_DAY = 24 * 60;

    private static final long SECONDS_A_DAY = 60L * MINUTES_A_DAY;

    private static final int MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

    /** A day, and a week more where a change of the clock has swallowed an opening. */
    private static final int MOST_DAYS_TO_OPENING = 16;

    /** No clock of this century was put back by more minutes at once. */
    private static final int MOST_PUT_BACK = 3 * 60;

    private final Set<DayOfWeek> days;
    private final int from;
    private final int to;
    private final ZoneId zone;

    /**
     * @param days on which it opens
     * @param from minute of the day at which it opens, from 0
     * @param to minute of the day at which it closes, up to {@value #MINUTES_A_DAY}; not after {@code from}: on the
     *     next day
     * @param zone whose clock counts
     */
    public WeeklyWindow(Set<DayOfWeek> days, int from, int to, ZoneId zone) {
        if (days.isEmpty() || from < 0 || from >= MINUTES_A_DAY || to < 0 || to > MINUTES_A_DAY) {
            throw new IllegalArgumentException("a weekly window needs days, and times of a day");
        }
        this.days = EnumSet.copyOf(days);
        this.from = from;
        this.to = to;
        this.zone = zone;
    }

    public ZoneId zone() {
        return zone;
    }

    @Override
    public Optional<Span> openAt(Instant now) {
        long shown = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
        long today = Math.floorDiv(shown, SECONDS_A_DAY);
        int minute = (int) (Math.floorMod(shown, SECONDS_A_DAY) / 60);
        // It may have opened yesterday, and a clock that was put back over midnight shows the day before once more.
        Optional<Span> last = Optional.empty();
        for (int day = -1; day <= 1; day++) {
            int sinceMidnight = minute - day * MINUTES_A_DAY;
            if (sinceMidnight < from - MOST_PUT_BACK || sinceMidnight >= closesAfter() + MOST_PUT_BACK) {
                continue;
            }
            var span = openedOn(LocalDate.ofEpochDay(today + day)).filter(there -> there.contains(now));
            if (span.isPresent()
                    && last.filter(other -> other.end().isAfter(span.get().end()))
                            .isEmpty()) {
                last = span;
            }
        }
        return last;
    }

    @Override
    public Optional<Instant> opening(Instant earliest) {
        var today = LocalDate.ofInstant(earliest, zone);
        return LongStream.range(-1, MOST_DAYS_TO_OPENING)
                .mapToObj(day -> openedOn(today.plusDays(day)))
                .flatMap(Optional::stream)
                .map(Span::start)
                .filter(start -> !start.isBefore(earliest))
                .findFirst();
    }

    /** Empty where it does not open on that day: on another day of the week, or since the clock skips all of it. */
    private Optional<Span> openedOn(LocalDate day) {
        if (!days.contains(day.getDayOfWeek())) {
            return Optional.empty();
        }
        var midnight = day.atStartOfDay();
        var start = firstReached(midnight.plusMinutes(from));
        var end = lastLeft(midnight.plusMinutes(closesAfter()));
        return start.isBefore(end) ? Optional.of(new Span(start, end)) : Optional.empty();
    }

    /** Minutes from the midnight before it opens. */
    private int closesAfter() {
        return to > from ? to : to + MINUTES_A_DAY;
    }

    /** When the clock first shows this time or a later one. */
    private Instant firstReached(LocalDateTime time) {
        var change = zone.getRules().getTransition(time);
        if (change == null) {
            return time.atZone(zone).toInstant();
        }
        return change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetBefore());
    }

    /** From when on the clock shows this time or a later one, and no earlier one again. */
    private Instant lastLeft(LocalDateTime time) {
        var change = zone.getRules().getTransition(time);
        if (change == null) {
            return time.atZone(zone).toInstant();
        }
        if (change.isGap()) {
            return change.getInstant();
        }
        // Of the first minute that is repeated, no earlier one is.
        boolean first = time.equals(change.getDateTimeAfter());
        return time.toInstant(first ? change.getOffsetBefore() : change.getOffsetAfter());
    }

    @Override
    public Duration length() {
        return Duration.ofMinutes((long) closesAfter() - from);
    }

    /** What one clock shows while it is open is compared, since then the changes of that clock do not matter. */
    @Override
    public boolean isCoveredBy(Windows windows) {
        var uncovered = new BitSet();
        addTo(uncovered);
        uncovered.andNot(windows.minutes(this));
        return uncovered.isEmpty();
    }

    /** Whether its clock shows the same as that one at any time. */
    boolean hasClockOf(WeeklyWindow other) {
        return zone.getRules().equals(other.zone.getRules());
    }

    /** Adds the minutes of a week, from Monday's midnight on, that its clock shows while it is open. */
    void addTo(BitSet minutes) {
        for (var day : days) {
            int opens = day.ordinal() * MINUTES_A_DAY + from;
            int closes = day.ordinal() * MINUTES_A_DAY + closesAfter();
            minutes.set(opens, Math.min(closes, MINUTES_A_WEEK));
            minutes.set(0, Math.max(0, closes - MINUTES_A_WEEK));
        }
    }

    static boolean isWholeWeek(BitSet minutes) {
        return minutes.nextClearBit(0) >= MINUTES_A_WEEK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeeklyWindow window
                && days.equals(window.days)
                && from == window.from
                && to == window.to
                && zone.equals(window.zone);
    }

    @Override
    public int hashCode() {
        return ((days.hashCode() * 31 + from) * 31 + to) * 31 + zone.hashCode();
    }

    @Override
    public String toString() {
        return words() + " " + time(from) + "-" + time(to) + " " + zone.getId();
    }

    private String words() {
        if (days.size() == DayOfWeek.values().length) {
            return "every day";
        }
        List<String> words = new ArrayList<>();
        days.forEach(day -> words.add(day.name().substring(0, 3).toLowerCase(Locale.ROOT)));
        return String.join(",", words);
    }

    private static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
