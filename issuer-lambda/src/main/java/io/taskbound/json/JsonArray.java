// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.util.ArrayList;
import java.util.List;

/** A JSON array. */
public record JsonArray(List<JsonValue> items) implements JsonValue {
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        items = List.copyOf(items);
    }

    /** An array of strings in the order given. */
    public static JsonArray ofStrings(Iterable<String> values) {
        var items = new ArrayList<JsonValue>();
        values.forEach(value -> items.add(new JsonString(value)));
        return new JsonArray(items);
    }

    // By hand, as in other records that a first mint compares: the JDK makes such code at its first use, in a cold
    // start.
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonArray array && items.equals(array.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }
}
