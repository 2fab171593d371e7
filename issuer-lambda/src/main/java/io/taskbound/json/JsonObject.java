// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A JSON object; members keep their order and names are compared exactly, case included. Never changes. */
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, JsonValue> members;

    /** @param members is copied */
    public JsonObject(Map<String, JsonValue> members) {
        this(new LinkedHashMap<>(members));
    }

    private JsonObject(LinkedHashMap<String, JsonValue> own) {
        this.members = own;
    }

    /** Of members that nobody else holds: what was just read or built need not be copied. */
    static JsonObject owning(LinkedHashMap<String, JsonValue> members) {
        return new JsonObject(members);
    }

    /** In their order; cannot be changed. */
    public Map<String, JsonValue> members() {
        return Collections.unmodifiableMap(members);
    }

    /** The same for who only reads them, and often: without the view around each entry. */
    Map<String, JsonValue> own() {
        return members;
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The member as a string; empty when it is absent or of another type. */
    public Optional<String> string(String name) {
        return members.get(name) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The member as an object; empty when it is absent or of another type. */
    public Optional<JsonObject> object(String name) {
        return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** The member as an array; empty when it is absent or of another type. */
    public Optional<JsonArray> array(String name) {
        return members.get(name) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /** The member as a boolean; empty when it is absent or of another type. */
    public Optional<Boolean> bool(String name) {
        return members.get(name) instanceof JsonBoolean bool ? Optional.of(bool.value()) : Optional.empty();
    }

    /** The member as a whole number; empty when it is absent, of another type, fractional or beyond a long. */
    public OptionalLong wholeNumber(String name) {
        return members.get(name) instanceof JsonNumber number ? number.wholeNumber() : OptionalLong.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "JsonObject" + members;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects members in order; a name given twice is a programmer's error. */
    public static final class Builder {
        private LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
        private boolean handedOut;

        private Builder() {}

        public Builder put(String name, JsonValue value) {
            if (handedOut) {
                members = new LinkedHashMap<>(members);
                handedOut = false;
            }
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
            handedOut = true;
            return owning(members);
        }
    }
}
