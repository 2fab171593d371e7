// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Members of an event by their path; what is needed and absent is a {@link MalformedEvent} that names it. */
final class EventFields {
    /** {@code 2016-08-12 15:26:29 UTC}, as Rails writes a time. */
    private static final DateTimeFormatter RAILS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    private final JsonObject event;

    EventFields(JsonObject event) {
        this.event = event;
    }

    private Optional<JsonValue> find(String path) {
        var names = path.split("\\.", -1);
        var holder = Optional.of(event);
        for (int i = 0; i < names.length - 1; i++) {
            var name = names[i];
            holder = holder.flatMap(object -> object.object(name));
        }
        return holder.flatMap(object -> object.get(names[names.length - 1]));
    }

    Optional<String> text(String path) {
        return find(path).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).value());
    }

    /** A string as it is, a whole number as its digits: ID tokens have as text what events have as a number. */
    Optional<String> id(String path) {
        var value = find(path);
        if (value.isPresent() && value.get() instanceof JsonNumber number) {
            return number.wholeNumber().isPresent()
                    ? Optional.of(Long.toString(number.wholeNumber().getAsLong()))
                    : Optional.empty();
        }
        return text(path).filter(text -> !text.isEmpty());
    }

    String neededId(String path) throws MalformedEvent {
        return id(path).orElseThrow(() -> new MalformedEvent(
                path + (find(path).isEmpty() ? " is missing" : " is neither a whole number nor text")));
    }

    /** The time at the first of these paths that holds one. */
    Instant neededTime(String... paths) throws MalformedEvent {
        for (var path : paths) {
            var text = text(path);
            if (text.isPresent()) {
                return time(text.get()).orElseThrow(() -> new MalformedEvent(path + " is not a time"));
            }
        }
        throw new MalformedEvent(paths[0] + " is missing, or is not text");
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.endsWith(" UTC")
                            ? LocalDateTime.parse(text, RAILS).toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
