// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * The way to one claim: names of nested objects, outermost first. Claim names may hold dots and slashes, so none
 * splits.
 */
record ClaimPath(List<String> names) {
    ClaimPath {
        names = List.copyOf(names);
    }

    static ClaimPath parse(String text) {
        return new ClaimPath(List.of(text.split("\\|", -1)));
    }

    Optional<JsonValue> in(JsonObject claims) {
        var holder = Optional.of(claims);
        for (var name : names.subList(0, names.size() - 1)) {
            holder = holder.flatMap(object -> object.object(name));
        }
        return holder.flatMap(object -> object.get(names.get(names.size() - 1)));
    }

    /** A string as it is, a whole number as its digits: providers differ, and some changed, in how they write ids. */
    Optional<String> textIn(JsonObject claims) {
        return in(claims).flatMap(ClaimPath::text);
    }

    private static Optional<String> text(JsonValue value) {
        if (value instanceof JsonString string) {
            return Optional.of(string.value());
        }
        if (value instanceof JsonNumber number && number.wholeNumber().isPresent()) {
            return Optional.of(Long.toString(number.wholeNumber().getAsLong()));
        }
        return Optional.empty();
    }
}
