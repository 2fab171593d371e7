// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** One claim that must hold. Silence refuses: a claim that is absent or of another type never does. */
final class Condition {
    static final String SUBJECT = "sub";

    private final List<String> path;
    private final boolean contains;
    private final Values values;
    private final String where;
    private final String name;

    /** @param contains whether the claim is an array that must hold one of the values */
    Condition(List<String> path, boolean contains, Values values) {
        this.path = List.copyOf(path);
        this.contains = contains;
        this.values = values;
        this.where = where(path, contains);
        this.name = String.join(" > ", path);
    }

    boolean holds(Caller caller) {
        var claim = claim(caller);
        if (claim.isEmpty()) {
            return false;
        }
        if (contains) {
            return claim.get() instanceof JsonArray array
                    && array.items().stream().anyMatch(values::include);
        }
        return values.include(claim.get())
                || (isOn(SUBJECT) && claim.get() instanceof JsonString && includesOneOf(caller.subjects()));
    }

    /** One subject may be spelt in several ways (GitHub with and without ids); each of them is the same subject. */
    private boolean includesOneOf(Iterable<String> subjects) {
        for (var subject : subjects) {
            if (values.include(new JsonString(subject))) {
                return true;
            }
        }
        return false;
    }

    /** What the caller presents there. */
    Optional<JsonValue> claim(Caller caller) {
        var object = caller.claims();
        for (int i = 0; i < path.size() - 1; i++) {
            var inner = object.object(path.get(i));
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            object = inner.get();
        }
        return object.get(path.get(path.size() - 1));
    }

    /** Whether this is about the whole of that claim, not of something inside it. */
    boolean isOn(String claim) {
        return !contains && path.size() == 1 && path.get(0).equals(claim);
    }

    boolean isContains() {
        return contains;
    }

    List<String> path() {
        return path;
    }

    /** The name of the claim that it is about or inside of. */
    String outermost() {
        return path.get(0);
    }

    /** Names the claim or the array: two conditions of one text look at the same. */
    String where() {
        return where;
    }

    static String where(List<String> path, boolean contains) {
        return (contains ? "in " : "") + JsonText.of(JsonArray.ofStrings(path));
    }

    /** The claim, and where it is nested the path to it: {@code kubernetes.io > namespace}. */
    String name() {
        return name;
    }

    Values values() {
        return values;
    }

    boolean within(Condition wider) {
        return where.equals(wider.where) && values.within(wider.values);
    }

    /** All of the condition in one text: two of the same text are the same condition. */
    String whole() {
        return where() + values.whole();
    }

    String expected() {
        return contains ? "an array with " + values.shown() : values.shown();
    }

    String actual(Caller caller) {
        return claim(caller).map(Condition::shown).orElse(Shown.ABSENT);
    }

    private static String shown(JsonValue value) {
        return value instanceof JsonObject ? "a mapping" : Shown.value(value);
    }
}
