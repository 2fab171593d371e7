// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.Optional;

/**
 * As much of EventBridge's event patterns as our documents use: every member of the pattern must be in the event; a
 * list holds the values that do, a text or number as it is, or {@code prefix}, {@code exists}. Anything else is an
 * error, so that no pattern is passed unread.
 */
record EventPattern(JsonObject pattern) {
    boolean matches(JsonObject event) {
        return matches(pattern, event);
    }

    private static boolean matches(JsonObject pattern, JsonObject event) {
        return pattern.members().entrySet().stream().allMatch(member -> {
            var found = event.get(member.getKey());
            if (member.getValue() instanceof JsonObject below) {
                return found.filter(JsonObject.class::isInstance)
                        .filter(object -> matches(below, (JsonObject) object))
                        .isPresent();
            }
            return ((JsonArray) member.getValue()).items().stream().anyMatch(wanted -> is(wanted, found));
        });
    }

    private static boolean is(JsonValue wanted, Optional<JsonValue> found) {
        if (!(wanted instanceof JsonObject rule)) {
            return found.filter(wanted::equals).isPresent();
        }
        if (rule.members().size() != 1) {
            throw new AssertionError("one condition in each object: " + rule);
        }
        if (rule.has("prefix")) {
            var prefix = rule.string("prefix").orElseThrow();
            return found.filter(value ->
                            value instanceof JsonString text && text.value().startsWith(prefix))
                    .isPresent();
        }
        if (rule.has("exists")) {
            return rule.bool("exists").orElseThrow().equals(found.isPresent());
        }
        throw new AssertionError("a condition that this test does not know: " + rule);
    }
}
