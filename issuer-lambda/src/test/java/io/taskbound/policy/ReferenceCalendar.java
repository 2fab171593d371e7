// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static io.taskbound.policy.Contract.items;
import static io.taskbound.policy.Contract.text;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a task's windows are open, straight from the document: minutes are counted and days are divided, and of the
 * JDK's calendar only the offsets of zones are taken. It looks at what a clock shows for some hours before and after.
 */
final class ReferenceCalendar {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int DAY = 24 * 60;
    /** No clock is put back by more. */
    private static final int HOURS_AROUND = 4;
    /** No clock is moved and moved again within so many minutes. */
    private static final int LEAST_OF_AN_OFFSET = 30;

    private static final Map<String, ZoneId> ZONES = new ConcurrentHashMap<>();

    private ReferenceCalendar() {}

    /** @param second since 1970 */
    static boolean isOpen(JsonObject task, long second) {
        return items(task, "windows").stream().anyMatch(window -> isWindowOpen((JsonObject) window, second));
    }

    /** The change of the first window that is open and has one. */
    static Optional<String> change(JsonObject task, long second) {
        return items(task, "windows").stream()
                .map(JsonObject.class::cast)
                .filter(window -> window.has("change") && isWindowOpen(window, second))
                .findFirst()
                .flatMap(window -> window.string("change"));
    }

    private static boolean isWindowOpen(JsonObject window, long second) {
        return window.has("zone")
                ? isWeeklyOpen(window, second)
                : seconds(text(window.members().get("from"))) <= second
                        && second < seconds(text(window.members().get("to")));
    }

    private static boolean isWeeklyOpen(JsonObject window, long second) {
        var zone = ZONES.computeIfAbsent(text(window.members().get("zone")), ZoneId::of);
        long latestSoFar = Long.MIN_VALUE;
        long earliestYet = Long.MAX_VALUE;
        int minutes = isSteady(zone, second) ? 0 : HOURS_AROUND * 60;
        for (int minute = 0; minute <= minutes; minute++) {
            latestSoFar = Math.max(latestSoFar, shown(zone, second - minute * 60L));
            earliestYet = Math.min(earliestYet, shown(zone, second + minute * 60L));
        }
        int from = minuteOfDay(text(window.members().get("from")));
        int to = minuteOfDay(text(window.members().get("to")));
        int closes = to > from ? to : to + DAY;
        for (long day = Math.floorDiv(latestSoFar, DAY) - 2; day <= Math.floorDiv(latestSoFar, DAY) + 1; day++) {
            // 1 January 1970 was a Thursday.
            var name = DAYS.get((int) Math.floorMod(day + 3, 7L));
            boolean opens = !window.has("days") || items(window, "days").contains(new JsonString(name));
            // The clock has shown its beginning, and is going to show a time before its end.
            if (opens && latestSoFar >= day * DAY + from && earliestYet < day * DAY + closes) {
                return true;
            }
        }
        return false;
    }

    /** Whether its clock is not moved in all of those hours: then what it shows now is the latest and the earliest. */
    private static boolean isSteady(ZoneId zone, long second) {
        int offset = offset(zone, second);
        for (int minute = LEAST_OF_AN_OFFSET; minute <= HOURS_AROUND * 60; minute += LEAST_OF_AN_OFFSET) {
            if (offset(zone, second - minute * 60L) != offset || offset(zone, second + minute * 60L) != offset) {
                return false;
            }
        }
        return true;
    }

    private static int offset(ZoneId zone, long second) {
        return zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }

    /** The minute that the clock of the zone shows, counted from its 1 January 1970. */
    private static long shown(ZoneId zone, long second) {
        return Math.floorDiv(second + offset(zone, second), 60);
    }

    private static int minuteOfDay(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    /** {@code 2026-12-05T22:00:00Z} or with an offset such as {@code +02:00}, as seconds since 1970. */
    private static long seconds(String time) {
        int year = Integer.parseInt(time.substring(0, 4));
        int month = Integer.parseInt(time.substring(5, 7));
        long days = 0;
        for (int past = 1970; past < year; past++) {
            days += isLeap(past) ? 366 : 365;
        }
        int[] lengths = {31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int past = 1; past < month; past++) {
            days += lengths[past - 1];
        }
        days += Integer.parseInt(time.substring(8, 10)) - 1;
        long seconds = days * 86_400 + minuteOfDay(time.substring(11, 16)) * 60L;
        int zone = time.length() > 19 && time.charAt(16) == ':' ? 19 : 16;
        if (zone == 19) {
            seconds += Integer.parseInt(time.substring(17, 19));
        }
        if (time.charAt(zone) == 'Z') {
            return seconds;
        }
        long offset = minuteOfDay(time.substring(zone + 1)) * 60L;
        return time.charAt(zone) == '+' ? seconds - offset : seconds + offset;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
