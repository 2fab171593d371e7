// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one section of the document declares by name. A name whose entry is faulty is declared anyway: its users are not
 * told that it is missing on top of what is wrong with it.
 */
final class Declared<T> {

    record Entry<T>(String name, T value) {}

    private static final int MOST_NAMED = 20;

    private final String what;
    private final Map<String, Optional<T>> entries = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    Declared(String what) {
        this.what = what;
    }

    void put(String name, Optional<T> value) {
        entries.put(name, value);
    }

    Optional<Entry<T>> find(String name, Place user, Faults faults) {
        used.add(name);
        if (!entries.containsKey(name)) {
            faults.error(
                    FaultCode.UNKNOWN_NAME,
                    user,
                    "no " + what + " is named " + Shown.text(name),
                    Spelling.nearest(name, entries.keySet())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElseGet(() -> "declare it, or write one of: " + some()));
        }
        return Optional.ofNullable(entries.get(name)).flatMap(found -> found).map(value -> new Entry<>(name, value));
    }

    private String some() {
        var names =
                String.join(", ", entries.keySet().stream().limit(MOST_NAMED).toList());
        return entries.size() > MOST_NAMED ? names + ", …" : names;
    }

    boolean isUsed(String name) {
        return used.contains(name);
    }

    /** The entries that could be read. */
    Map<String, T> read() {
        var read = new LinkedHashMap<String, T>();
        entries.forEach((name, value) -> value.ifPresent(present -> read.put(name, present)));
        return read;
    }
}
