// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.List;

/**
 * One argument that a tool may be called with.
 *
 * @param choices if there are any: one of these strings, and nothing else
 * @param optional whether a call may leave it out
 */
record Argument(String name, ArgumentClass kind, List<String> choices, boolean optional) {
    Argument {
        choices = List.copyOf(choices);
    }

    boolean accepts(JsonValue value) {
        return choices.isEmpty()
                ? kind.accepts(value)
                : value instanceof JsonString text && choices.contains(text.value());
    }

    boolean isForIdentifiers() {
        return choices.isEmpty() && kind.isForIdentifiers() && !optional;
    }

    /** For whoever called it wrongly. */
    String inWords() {
        return choices.isEmpty() ? kind.inWords() : "one of " + String.join(", ", choices);
    }

    /** The value as an identifier has it; it was accepted before. */
    static String part(JsonValue value) {
        return value instanceof JsonString text ? text.value() : value.toString();
    }
}
