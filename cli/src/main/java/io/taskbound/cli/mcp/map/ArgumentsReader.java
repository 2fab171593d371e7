// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonObject;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Spelling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which arguments a tool may be called with. */
final class ArgumentsReader {
    private static final String ARGUMENTS = "arguments";
    private static final String IS = "is";
    private static final String OPTIONAL = "optional";
    private static final int MAX_ARGUMENTS = 64;

    private final DocumentFields fields;

    ArgumentsReader(DocumentFields fields) {
        this.fields = fields;
    }

    /** By name; one that is faulty is there as a name, so that only its own fault is told. */
    Map<String, Argument> read() {
        var names = fields.mapping(ARGUMENTS).keySet();
        if (names.size() > MAX_ARGUMENTS) {
            fields.fault(
                    FaultCode.BAD_LENGTH,
                    ARGUMENTS,
                    "a tool has at most " + MAX_ARGUMENTS + " arguments",
                    "leave out what no task needs");
        }
        names.stream()
                .filter(name -> !MapForm.ARGUMENT.matcher(name).matches())
                .forEach(name -> fields.fault(
                        FaultCode.BAD_NAME,
                        ARGUMENTS,
                        "the name of an argument must be 1 to 64 letters, digits, _ and -, first a letter or _",
                        "write it as the tool's schema has it"));
        var arguments = new LinkedHashMap<String, Argument>();
        // What is not a mapping was told of above.
        fields.value(ARGUMENTS)
                .filter(JsonObject.class::isInstance)
                .flatMap(there -> fields.inner(ARGUMENTS, names.toArray(String[]::new)))
                .ifPresent(all -> names.forEach(name -> arguments.put(name, argument(all, name))));
        return arguments;
    }

    private static Argument argument(DocumentFields all, String name) {
        if (all.value(name).filter(JsonObject.class::isInstance).isEmpty()) {
            return kind(all, name, name, false);
        }
        var inner = all.inner(name, IS, OPTIONAL).orElseThrow();
        inner.requires(IS, "text");
        return inner.has(IS) ? kind(inner, IS, name, optional(inner)) : faulty(name);
    }

    private static boolean optional(DocumentFields inner) {
        var value = inner.value(OPTIONAL);
        if (value.isPresent() && !(value.get() instanceof JsonBoolean)) {
            inner.fault(FaultCode.WRONG_TYPE, OPTIONAL, "optional must be true or false", "write optional: true");
        }
        return value.filter(it -> it instanceof JsonBoolean bool && bool.value())
                .isPresent();
    }

    /** A word, or the list of what it may be. */
    private static Argument kind(DocumentFields holder, String field, String name, boolean optional) {
        if (holder.value(field).filter(JsonArray.class::isInstance).isPresent()) {
            return new Argument(name, ArgumentClass.TEXT, choices(holder, field), optional);
        }
        var word = holder.text(field);
        var known = word.flatMap(ArgumentClass::named);
        if (word.isPresent() && known.isEmpty()) {
            holder.fault(
                    FaultCode.BAD_VALUE,
                    field,
                    "an argument must be one of " + ArgumentClass.words() + ", or a list of what it may be",
                    Spelling.nearest(word.get(), words())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("write one of these words"));
        }
        return known.map(kind -> new Argument(name, kind, List.of(), optional)).orElseGet(() -> faulty(name));
    }

    private static List<String> choices(DocumentFields holder, String field) {
        var choices = holder.texts(field);
        if (choices.stream().distinct().count() < choices.size()) {
            holder.fault(FaultCode.LISTED_TWICE, field, "something is listed twice", "write it once");
        }
        return choices;
    }

    private static List<String> words() {
        return Arrays.stream(ArgumentClass.values()).map(ArgumentClass::word).toList();
    }

    private static Argument faulty(String name) {
        return new Argument(name, ArgumentClass.INTEGER, List.of(), false);
    }
}
