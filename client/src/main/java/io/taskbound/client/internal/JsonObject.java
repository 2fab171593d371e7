// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.internal;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A parsed JSON object, read by type: a member that is absent, null or of another type is empty. */
public final class JsonObject {
    private final Map<String, ?> members;

    private JsonObject(Map<String, ?> members) {
        this.members = members;
    }

    public static Optional<JsonObject> parse(byte[] utf8) {
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    /** Empty for anything but one JSON object. */
    public static Optional<JsonObject> parse(String text) {
        // The library reads "null" as null and "[]" as an object without members.
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonObject(JSONObjectUtils.parse(text)));
        } catch (ParseException notJson) {
            return Optional.empty();
        }
    }

    public static JsonObject of(Map<String, ?> members) {
        return new JsonObject(members);
    }

    public Set<String> names() {
        return Set.copyOf(members.keySet());
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public Optional<String> text(String name) {
        return member(name, String.class);
    }

    public Optional<Boolean> flag(String name) {
        return member(name, Boolean.class);
    }

    /** A whole number; 1.5 and 1e400 are empty. */
    public Optional<Long> whole(String name) {
        return member(name, Number.class)
                .filter(number -> number instanceof Long || number instanceof Integer)
                .map(Number::longValue);
    }

    public Optional<JsonObject> object(String name) {
        return Optional.ofNullable(members.get(name)).flatMap(JsonObject::asObject);
    }

    /** Empty unless every element is an object. */
    public Optional<List<JsonObject>> objects(String name) {
        var objects = new ArrayList<JsonObject>();
        for (Object element : elements(name)) {
            asObject(element).ifPresent(objects::add);
        }
        return objects.size() == elements(name).size() ? Optional.of(objects) : Optional.empty();
    }

    /** Empty unless every element is a string. */
    public Optional<List<String>> texts(String name) {
        var texts = new ArrayList<String>();
        for (Object element : elements(name)) {
            if (element instanceof String text) {
                texts.add(text);
            }
        }
        return texts.size() == elements(name).size() ? Optional.of(texts) : Optional.empty();
    }

    /** The members that are strings. */
    public Map<String, String> textMembers() {
        var texts = new LinkedHashMap<String, String>();
        members.keySet().forEach(name -> text(name).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    /** A string, number or boolean as people would write it. */
    public Optional<Object> scalar(String name) {
        return Optional.<Object>ofNullable(members.get(name))
                .filter(value -> value instanceof String || value instanceof Number || value instanceof Boolean);
    }

    private List<?> elements(String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }

    private <T> Optional<T> member(String name, Class<T> type) {
        Object value = members.get(name);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // the parser makes string keys only
    private static Optional<JsonObject> asObject(Object value) {
        return value instanceof Map<?, ?> map ? Optional.of(new JsonObject((Map<String, ?>) map)) : Optional.empty();
    }
}
