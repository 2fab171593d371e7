// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads values of the expected shape; any other is a fault and counts as absent, so that reading can continue. */
final class DocumentReader {
    private final Faults faults;

    DocumentReader(Faults faults) {
        this.faults = faults;
    }

    /** A mapping with these fields and no other. */
    Optional<Fields> fields(Place place, String... known) {
        return mapping(place).map(object -> Fields.of(place, object, List.of(known), faults));
    }

    /** A mapping whose names people choose. */
    Map<String, Place> named(Place place) {
        var entries = any(place);
        entries.forEach((name, entry) -> {
            if (!TaskName.isValid(name)) {
                faults.shape(
                        FaultCode.BAD_NAME,
                        entry,
                        "a name must be 1 to 32 characters from a-z, 0-9 and -",
                        "write a shorter," + " lower-case name");
            }
        });
        return entries;
    }

    /** A mapping with any names. */
    Map<String, Place> any(Place place) {
        mapping(place);
        return peek(place);
    }

    static boolean isMapping(Place place) {
        return place.value() instanceof JsonObject;
    }

    /** The members of what may be a mapping, without a word when it is not. */
    static Map<String, Place> peek(Place place) {
        var entries = new LinkedHashMap<String, Place>();
        if (place.value() instanceof JsonObject object) {
            object.members().forEach((name, value) -> entries.put(name, place.member(name, value)));
        }
        return entries;
    }

    /** The entries of what may be a list, without a word when it is not. */
    static List<Place> items(Place place) {
        var items = new ArrayList<Place>();
        if (place.value() instanceof JsonArray array) {
            array.items().forEach(item -> items.add(place.item(items.size(), item)));
        }
        return items;
    }

    private Optional<JsonObject> mapping(Place place) {
        if (place.value() instanceof JsonObject object) {
            return Optional.of(object);
        }
        faults.shape(
                FaultCode.WRONG_TYPE,
                place,
                "must be a mapping, not " + kind(place.value()),
                "write name: value lines");
        return Optional.empty();
    }

    List<Place> items(Place place, int least, int most) {
        var items = new ArrayList<Place>();
        if (!(place.value() instanceof JsonArray array)) {
            faults.shape(
                    FaultCode.WRONG_TYPE,
                    place,
                    "must be a list, not " + kind(place.value()),
                    "write it in brackets: [ … ]");
            return items;
        }
        if (array.items().size() < least || array.items().size() > most) {
            faults.shape(
                    FaultCode.BAD_LENGTH,
                    place,
                    "must hold " + least + " to " + most + " entries",
                    "add or remove entries");
        }
        for (var item : array.items()) {
            items.add(place.item(items.size(), item));
        }
        return items;
    }

    Optional<String> text(Place place, int maxLength) {
        if (!(place.value() instanceof JsonString string)) {
            faults.shape(
                    FaultCode.WRONG_TYPE,
                    place,
                    "must be a string, not " + kind(place.value()),
                    "write it in quotes: \"…\"");
            return Optional.empty();
        }
        int length = string.value().codePointCount(0, string.value().length());
        if (length == 0 || length > maxLength) {
            faults.shape(
                    FaultCode.BAD_LENGTH,
                    place,
                    "must be 1 to " + maxLength + " characters long",
                    "write a string of that length");
            return Optional.empty();
        }
        return Optional.of(string.value());
    }

    /** One of a fixed set of words. */
    Optional<String> word(Place place, List<String> words) {
        if (place.value() instanceof JsonString string && words.contains(string.value())) {
            return Optional.of(string.value());
        }
        var meant = place.value() instanceof JsonString string
                ? Spelling.nearest(string.value(), words)
                : Optional.<String>empty();
        faults.shape(
                FaultCode.BAD_VALUE,
                place,
                Shown.value(place.value()) + " is not known here",
                meant.map(word -> "did you mean " + word + "?").orElse("write one of " + String.join(", ", words)));
        return Optional.empty();
    }

    Optional<Duration> duration(Place place) {
        var duration = place.value() instanceof JsonString string
                ? DurationText.parse(string.value())
                : Optional.<Duration>empty();
        if (duration.isEmpty()) {
            faults.shape(
                    FaultCode.BAD_VALUE, place, "must be a duration", "write seconds, minutes or hours: 90s, 10m, 1h");
        }
        return duration;
    }

    static String kind(JsonValue value) {
        if (value instanceof JsonObject) {
            return "a mapping";
        } else if (value instanceof JsonArray) {
            return "a list";
        } else if (value instanceof JsonNumber) {
            return "a number";
        } else if (value instanceof JsonBoolean) {
            return "true or false";
        }
        return value == JsonNull.NULL ? "empty" : "a string";
    }
}
