// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody whom the stand-in knows.
 *
 * @param id the {@code sub}: never given to another
 * @param name for people to read: {@code preferred_username}
 * @param claims what else the ID token says, such as {@code groups}
 */
public record Person(String id, String name, Map<String, Object> claims) {
    public Person {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** A member of these groups. */
    public static Person of(String id, String name, String... groups) {
        return new Person(id, name, Map.of("groups", List.of(groups)));
    }

    /** The same person with one more claim. */
    public Person with(String claim, Object value) {
        var more = new LinkedHashMap<>(claims);
        more.put(claim, value);
        return new Person(id, name, more);
    }
}
