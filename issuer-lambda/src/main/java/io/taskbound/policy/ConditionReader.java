// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code claims} and {@code nested} parts of a rule. */
final class ConditionReader {
    private static final int MAX_VALUES = 256;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 128;
    private static final int MAX_PATTERN = 512;
    private static final String CONTAINS = "contains";
    private static final String EXACT = "exact";

    private final DocumentReader reader;
    private final Faults faults;

    ConditionReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    List<Condition> claims(Place place) {
        var conditions = new ArrayList<Condition>();
        reader.any(place).forEach((name, value) -> {
            if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
                faults.shape(
                        FaultCode.BAD_NAME,
                        value,
                        "a claim's name must be 1 to " + MAX_NAME + " characters",
                        "write its name");
            }
            conditions.add(claim(List.of(name), value));
        });
        if (place.value() instanceof JsonObject object && object.members().isEmpty()) {
            faults.shape(
                    FaultCode.NO_CLAIMS,
                    place,
                    "a rule without claims lets everyone in",
                    "write the claims that the caller must have");
        }
        return conditions;
    }

    private Condition claim(List<String> path, Place place) {
        if (!(place.value() instanceof JsonObject object) || object.has(EXACT)) {
            return new Condition(path, false, values(place));
        }
        var values = reader.fields(place, CONTAINS)
                .flatMap(fields -> fields.require(CONTAINS, "the value that the array must hold"))
                .map(this::values);
        return new Condition(path, true, values.orElseGet(Values::new));
    }

    /** {@code - path: [a, b]} with {@code value} or {@code contains}. */
    List<Condition> nested(Place place) {
        var conditions = new ArrayList<Condition>();
        for (var item : reader.items(place, 1, MAX_VALUES)) {
            reader.fields(item, "path", "value", CONTAINS).flatMap(this::nested).ifPresent(conditions::add);
        }
        return conditions;
    }

    private Optional<Condition> nested(Fields fields) {
        var path = fields.require("path", "[outer, inner]").map(this::path);
        var value = fields.find("value").map(this::values);
        var contains = fields.find(CONTAINS).map(this::values);
        if (value.isPresent() == contains.isPresent()) {
            faults.shape(
                    FaultCode.VALUE_OR_CONTAINS,
                    fields.place(),
                    "needs value or contains, and not both",
                    "write value: what the claim must be");
        }
        return path.map(steps -> new Condition(
                steps, contains.isPresent(), value.or(() -> contains).orElseGet(Values::new)));
    }

    private List<String> path(Place place) {
        var steps = new ArrayList<String>();
        for (var item : reader.items(place, 2, MAX_DEPTH)) {
            reader.text(item, MAX_NAME).ifPresent(steps::add);
        }
        return steps.isEmpty() ? List.of("") : steps;
    }

    private Values values(Place place) {
        var values = new Values();
        if (place.value() instanceof JsonArray) {
            reader.items(place, 1, MAX_VALUES).forEach(item -> addScalar(item, values));
        } else {
            addScalar(place, values);
        }
        return values;
    }

    private void addScalar(Place place, Values values) {
        if (place.value() instanceof JsonObject object && object.has(EXACT)) {
            reader.fields(place, EXACT).flatMap(fields -> fields.find(EXACT)).ifPresent(text -> addExact(text, values));
        } else if (place.value() instanceof JsonString string) {
            addPattern(place, string.value(), values);
        } else if (place.value() instanceof JsonNumber || place.value() instanceof JsonBoolean) {
            values.add(place.value());
        } else {
            faults.shape(
                    FaultCode.WRONG_TYPE,
                    place,
                    "must be a string, a number or true or false, not " + DocumentReader.kind(place.value()),
                    "write the value in quotes: \"…\"");
        }
    }

    /** For values that hold what is a sign in a pattern, such as the ids that Bitbucket writes in braces. */
    private void addExact(Place place, Values values) {
        if (place.value() instanceof JsonString string) {
            if (isShort(place, string.value())) {
                values.addExact(string.value());
            }
        } else {
            faults.shape(
                    FaultCode.WRONG_TYPE,
                    place,
                    "must be a string, not " + DocumentReader.kind(place.value()),
                    "write it in quotes: \"…\"");
        }
    }

    private boolean isShort(Place place, String text) {
        boolean fits = text.codePointCount(0, text.length()) <= MAX_PATTERN;
        if (!fits) {
            faults.shape(
                    FaultCode.BAD_LENGTH,
                    place,
                    "must be at most " + MAX_PATTERN + " characters long",
                    "write a shorter pattern");
        }
        return fits;
    }

    private void addPattern(Place place, String pattern, Values values) {
        if (!isShort(place, pattern)) {
            return;
        }
        try {
            values.add(Glob.of(pattern));
        } catch (BadPattern bad) {
            faults.error(
                    FaultCode.BAD_PATTERN,
                    place,
                    bad.what(),
                    bad.remedy() + "; where the claim holds just this text, {exact: \"…\"}");
        }
    }
}
