// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.client.step.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Times as people type them: {@code 90m} and the like, or an instant with its time zone. Nothing is guessed of a zone.
 */
final class TypedTime {
    private static final Pattern LOCAL = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?");

    private TypedTime() {}

    /** An instant, to the millisecond: {@code now}, a length before {@code now}, or a time with its zone. */
    static Instant moment(String option, String text, Instant now) throws Complaint {
        if (text.equals("now")) {
            return now.truncatedTo(ChronoUnit.MILLIS);
        }
        var back = DurationText.parse(text);
        if (back.isPresent()) {
            return now.minus(back.get()).truncatedTo(ChronoUnit.MILLIS);
        }
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException none) {
            throw LOCAL.matcher(text).matches() && isLocal(text)
                    ? Complaint.usage(
                            option + " has no time zone, and none is guessed: " + Printable.typed(text) + ".",
                            "Write it like 2026-11-27T13:00:00Z or 2026-11-27T14:00:00+01:00.")
                    : Complaint.usage(
                            option + " is not a time: " + Printable.typed(text) + ".",
                            "Write it like 2026-11-27T13:00:00Z, or like 90m or 24h for an age.");
        }
    }

    private static boolean isLocal(String text) {
        try {
            return text.length() == "2026-11-27".length()
                    ? LocalDate.parse(text).getYear() > 0
                    : LocalDateTime.parse(text.replace(' ', 'T')).getYear() > 0;
        } catch (DateTimeException none) {
            return false;
        }
    }

    static Duration length(String option, String text) throws Complaint {
        return DurationText.parse(text)
                .orElseThrow(() -> Complaint.usage(
                        option + " is not a duration: " + Printable.typed(text) + ".",
                        "Write it like 90m, 24h or 7d."));
    }
}
