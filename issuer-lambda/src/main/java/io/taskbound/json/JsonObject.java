// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A JSON object; members keep their order and names are compared exactly, case included. */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The member as a string; empty when it is absent or of another type. */
    public Optional<String> string(String name) {
        return get(name, JsonString.class).map(JsonString::value);
    }

    /** The member as an object; empty when it is absent or of another type. */
    public Optional<JsonObject> object(String name) {
        return get(name, JsonObject.class);
    }

    /** The member as an array; empty when it is absent or of another type. */
    public Optional<JsonArray> array(String name) {
        return get(name, JsonArray.class);
    }

    /** The member as a boolean; empty when it is absent or of another type. */
    public Optional<Boolean> bool(String name) {
        return get(name, JsonBoolean.class).map(JsonBoolean::value);
    }

    /** The member as a whole number; empty when it is absent, of another type, fractional or beyond a long. */
    public OptionalLong wholeNumber(String name) {
        return get(name, JsonNumber.class).map(JsonNumber::wholeNumber).orElse(OptionalLong.empty());
    }

    private <T extends JsonValue> Optional<T> get(String name, Class<T> type) {
        return get(name).filter(type::isInstance).map(type::cast);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects members in order; a name given twice is a programmer's error. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, JsonValue value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("member given twice: " + name);
            }
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, new JsonBoolean(value));
        }

        /** Adds the member only when there is a value. */
        public Builder putIfPresent(String name, Optional<String> value) {
            value.ifPresent(present -> put(name, present));
            return this;
        }

        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
