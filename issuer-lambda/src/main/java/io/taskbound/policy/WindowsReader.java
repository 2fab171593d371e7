// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonString;
import io.taskbound.window.AbsoluteWindow;
import io.taskbound.window.WeeklyWindow;
import io.taskbound.window.Window;
import io.taskbound.window.Windows;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code windows} of a task: entries that open each week by the clock of a zone, and entries that open once. */
final class WindowsReader {
    static final String WINDOWS = "windows";

    private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern END_OF_DAY = Pattern.compile(TIME_OF_DAY + "|24:00");
    /** RFC 3339 section 5.6, without parts of seconds; seconds may be left out. */
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private static final String EXAMPLE_TIME_OF_DAY = "\"09:00\"";
    private static final String EXAMPLE_TIME = "\"2026-12-05T22:00:00Z\"";
    private static final int LONGEST_ZONE = 64;
    private static final List<String> DAYS = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
            .toList();

    private final DocumentReader reader;
    private final Faults faults;

    WindowsReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    /** One of them, and where it stands. */
    record Placed(Window window, Place place) {}

    /** An entry with a fault is left out; then the policy is not put in force. */
    List<Placed> read(Place place) {
        var windows = new ArrayList<Placed>();
        for (var item : reader.items(place, 1, Windows.MOST)) {
            window(item).ifPresent(window -> windows.add(new Placed(window, item)));
        }
        return windows;
    }

    private Optional<Window> window(Place item) {
        var there = DocumentReader.peek(item);
        boolean weekly =
                there.containsKey("zone") || there.containsKey("days") || isTimeOfDay(there.getOrDefault("from", item));
        return weekly
                ? reader.fields(item, "days", "from", "to", "zone").flatMap(this::weekly)
                : reader.fields(item, "from", "to", "change").flatMap(this::once);
    }

    private static boolean isTimeOfDay(Place from) {
        return from.value() instanceof JsonString text
                && END_OF_DAY.matcher(text.value()).matches();
    }

    private Optional<Window> weekly(Fields fields) {
        var days = fields.find("days").map(this::days).orElse(EnumSet.allOf(DayOfWeek.class));
        var from = fields.require("from", EXAMPLE_TIME_OF_DAY).map(place -> minute(place, TIME_OF_DAY));
        var to = fields.require("to", "\"16:00\"").map(place -> minute(place, END_OF_DAY));
        var zone = fields.require("zone", "Europe/Berlin").flatMap(this::zone);
        boolean complete = from.filter(OptionalInt::isPresent).isPresent()
                && to.filter(OptionalInt::isPresent).isPresent()
                && zone.isPresent()
                && !days.isEmpty();
        return complete
                ? Optional.of(
                        new WeeklyWindow(days, from.get().getAsInt(), to.get().getAsInt(), zone.get()))
                : Optional.empty();
    }

    private Set<DayOfWeek> days(Place place) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var item : reader.items(place, 1, DAYS.size())) {
            reader.word(item, DAYS)
                    .map(word -> DayOfWeek.of(DAYS.indexOf(word) + 1))
                    .filter(day -> !days.add(day))
                    .ifPresent(twice ->
                            faults.shape(FaultCode.LISTED_TWICE, item, "is listed twice", "remove one of them"));
        }
        return days;
    }

    private OptionalInt minute(Place place, Pattern form) {
        if (place.value() instanceof JsonString text
                && form.matcher(text.value()).matches()) {
            return OptionalInt.of(Integer.parseInt(text.value().substring(0, 2)) * 60
                    + Integer.parseInt(text.value().substring(3)));
        }
        faults.shape(
                FaultCode.BAD_VALUE,
                place,
                "must be a time of the day, since the window has days or a zone",
                "write hours and minutes in quotes: " + EXAMPLE_TIME_OF_DAY);
        return OptionalInt.empty();
    }

    private Optional<ZoneId> zone(Place place) {
        var name = reader.text(place, LONGEST_ZONE);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        // Only names of places: an offset such as +01:00 is wrong for half the year.
        if (ZoneId.getAvailableZoneIds().contains(name.get())) {
            return name.map(ZoneId::of);
        }
        faults.error(
                FaultCode.WINDOW,
                place,
                Shown.text(name.get()) + " is not the name of a time zone",
                "write a name of the IANA time zone database, such as Europe/Berlin or UTC");
        return Optional.empty();
    }

    private Optional<Window> once(Fields fields) {
        var from = fields.require("from", EXAMPLE_TIME).flatMap(this::time);
        var to = fields.require("to", "\"2026-12-06T02:00:00Z\"").flatMap(this::time);
        var change = fields.find("change");
        var id = change.flatMap(this::change);
        if (from.isEmpty() || to.isEmpty() || id.isPresent() != change.isPresent()) {
            return Optional.empty();
        }
        if (!from.get().isBefore(to.get())) {
            faults.error(FaultCode.WINDOW, fields.place(), "ends before it opens", "write a later time as to");
            return Optional.empty();
        }
        return Optional.of(new AbsoluteWindow(from.get(), to.get(), id));
    }

    private Optional<Instant> time(Place place) {
        if (!(place.value() instanceof JsonString text)
                || !TIME.matcher(text.value()).matches()) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "must be a time with its date and its offset",
                    "write " + EXAMPLE_TIME + "; or, for a window of each week, " + EXAMPLE_TIME_OF_DAY
                            + " and a zone beside it");
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.value()).toInstant());
        } catch (DateTimeException noSuchTime) {
            faults.error(
                    FaultCode.WINDOW,
                    place,
                    Shown.text(text.value()) + " is not on the calendar",
                    "write a time that exists");
            return Optional.empty();
        }
    }

    private Optional<String> change(Place place) {
        if (place.value() instanceof JsonString text && AbsoluteWindow.isChange(text.value())) {
            return Optional.of(text.value());
        }
        faults.shape(
                FaultCode.BAD_VALUE,
                place,
                "must be the id of a change",
                "write 1 to 64 letters, digits and . _ - such as CHG0031337, in quotes if it is a number");
        return Optional.empty();
    }
}
