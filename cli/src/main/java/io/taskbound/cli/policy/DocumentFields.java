// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.client.step.DurationText;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of a file that people write, read field by field. Whatever is not as it must be becomes a fault with its
 * place, so that all of them are known at once.
 */
public final class DocumentFields {
    private static final int MAX_LIST = 64;

    private final SourceDocument source;
    private final List<LocatedFault> faults;
    private final String pointer;
    private final JsonObject fields;

    private DocumentFields(SourceDocument source, List<LocatedFault> faults, String pointer, JsonObject fields) {
        this.source = source;
        this.faults = faults;
        this.pointer = pointer;
        this.fields = fields;
    }

    /** @param faults is added to */
    public static DocumentFields of(SourceDocument source, List<LocatedFault> faults, String... known) {
        var root = new DocumentFields(source, faults, Pointer.ROOT, source.document());
        root.knows(known);
        return root;
    }

    public String pointer() {
        return pointer;
    }

    public boolean has(String name) {
        return fields.has(name);
    }

    private String pointer(String name) {
        return Pointer.member(pointer, name);
    }

    private void knows(String... known) {
        var names = List.of(known);
        fields.members().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> fault(
                        FaultCode.UNKNOWN_FIELD,
                        name,
                        "unknown field \"" + name + "\"",
                        Spelling.nearest(name, names)
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("known here: " + String.join(", ", names))));
    }

    /** @param name of the field that it is about, or of none for what the field should be in */
    public void fault(FaultCode code, String name, String message, String remedy) {
        var at = name.isEmpty() ? pointer : pointer(name);
        faults.add(source.position(at).error(code, at, message, remedy));
    }

    public void requires(String name, String example) {
        if (!has(name)) {
            fault(FaultCode.MISSING_FIELD, "", name + " is missing", "write " + name + ": " + example);
        }
    }

    public Optional<String> text(String name) {
        var value = fields.get(name);
        if (value.isPresent() && !(value.get() instanceof JsonString)) {
            wrongType(name, "must be a string", "write it in quotes: \"…\"");
        }
        return fields.string(name).filter(text -> isFilled(name, text));
    }

    private boolean isFilled(String name, String text) {
        if (text.isBlank()) {
            fault(FaultCode.BAD_LENGTH, name, name + " is empty", "write something, or remove it");
        }
        return !text.isBlank();
    }

    /** Empty when it is absent, and when it is not a duration, which adds a fault. */
    public Optional<Duration> duration(String name) {
        var text = text(name);
        var duration = text.flatMap(DurationText::parse);
        if (text.isPresent() && duration.isEmpty()) {
            fault(FaultCode.BAD_VALUE, name, name + " must be a duration", "write seconds, minutes or hours: 90s, 10m");
        }
        return duration;
    }

    /** A list of texts; empty when it is absent, and when it is not such a list, which adds a fault. */
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        var value = fields.get(name);
        if (value.isPresent()) {
            var items = value.get() instanceof JsonArray array ? array.items() : List.<JsonValue>of();
            items.stream().filter(JsonString.class::isInstance).forEach(item -> texts.add(((JsonString) item).value()));
            if (items.isEmpty() || texts.size() != items.size() || items.size() > MAX_LIST) {
                wrongType(name, "must be a list of 1 to " + MAX_LIST + " strings", "write it in brackets: [\"…\"]");
            }
        }
        return texts;
    }

    /** A mapping with any names and values. */
    public Map<String, JsonValue> mapping(String name) {
        var value = fields.get(name);
        if (value.isPresent() && !(value.get() instanceof JsonObject)) {
            wrongType(name, "must be a mapping", "write name: value lines");
        }
        return fields.object(name).map(JsonObject::members).orElse(Map.of());
    }

    /** The entries of a mapping, each a mapping with these fields. */
    public Map<String, DocumentFields> entries(String name, String... known) {
        var entries = new LinkedHashMap<String, DocumentFields>();
        mapping(name)
                .forEach((entry, value) -> inner(Pointer.member(pointer(name), entry), value, known)
                        .ifPresent(inner -> entries.put(entry, inner)));
        return entries;
    }

    /** A mapping with these fields, if it is there and is one. */
    public Optional<DocumentFields> inner(String name, String... known) {
        return fields.get(name).flatMap(value -> inner(pointer(name), value, known));
    }

    /** The entries of a list, each a mapping with these fields. */
    public List<DocumentFields> items(String name, String... known) {
        var items = new ArrayList<DocumentFields>();
        if (!(fields.get(name).orElse(JsonArray.EMPTY) instanceof JsonArray array)) {
            wrongType(name, "must be a list", "begin each entry with a dash");
            return items;
        }
        for (int i = 0; i < array.items().size(); i++) {
            inner(Pointer.item(pointer(name), i), array.items().get(i), known).ifPresent(items::add);
        }
        return items;
    }

    private Optional<DocumentFields> inner(String at, JsonValue value, String... known) {
        if (!(value instanceof JsonObject object)) {
            faults.add(source.position(at)
                    .error(FaultCode.WRONG_TYPE, at, "must be a mapping", "write name: value lines"));
            return Optional.empty();
        }
        var inner = new DocumentFields(source, faults, at, object);
        inner.knows(known);
        return Optional.of(inner);
    }

    public boolean isText(String name) {
        return fields.get(name).orElse(fields) instanceof JsonString;
    }

    public Optional<JsonValue> value(String name) {
        return fields.get(name);
    }

    private void wrongType(String name, String message, String remedy) {
        fault(FaultCode.WRONG_TYPE, name, name + " " + message, remedy);
    }
}
