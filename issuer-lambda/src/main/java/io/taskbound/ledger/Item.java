// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.PK;
import static io.taskbound.ledger.Attributes.SK;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An item as the table holds it, without the table's types: an attribute is a String, a Long, a List of Long, a Set of
 * Long, or an Item. Reading what is absent or of another type throws {@link LedgerUnavailable}: what we cannot read we
 * do not guess.
 */
record Item(Map<String, Object> attributes) {
    Item {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    static Draft draft() {
        return new Draft();
    }

    Key key() {
        return new Key(text(PK), text(SK));
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    String text(String name) {
        return value(name, String.class);
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    long number(String name) {
        return value(name, Long.class);
    }

    Instant time(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    Optional<Instant> optionalTime(String name) {
        return has(name) ? Optional.of(time(name)) : Optional.empty();
    }

    Item item(String name) {
        return value(name, Item.class);
    }

    List<Long> numbers(String name) {
        return value(name, List.class).stream().map(Item::asNumber).toList();
    }

    Set<Long> numberSet(String name) {
        var numbers = new HashSet<Long>();
        value(name, Set.class).forEach(value -> numbers.add(asNumber(value)));
        return numbers;
    }

    private static Long asNumber(Object value) {
        if (!(value instanceof Long number)) {
            throw LedgerUnavailable.unreadable("in a list");
        }
        return number;
    }

    private <T> T value(String name, Class<T> type) {
        return Optional.ofNullable(attributes.get(name))
                .filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> LedgerUnavailable.unreadable(name));
    }

    /** Collects attributes; an absent one is left out. */
    static final class Draft {
        private final Map<String, Object> attributes = new LinkedHashMap<>();

        private Draft() {}

        Draft key(Key key) {
            return text(PK, key.pk()).text(SK, key.sk());
        }

        Draft text(String name, String value) {
            attributes.put(name, value);
            return this;
        }

        Draft text(String name, Optional<String> value) {
            value.ifPresent(present -> text(name, present));
            return this;
        }

        Draft number(String name, long value) {
            attributes.put(name, value);
            return this;
        }

        Draft time(String name, Instant value) {
            return number(name, value.toEpochMilli());
        }

        Draft time(String name, Optional<Instant> value) {
            value.ifPresent(present -> time(name, present));
            return this;
        }

        Draft numbers(String name, List<Long> values) {
            attributes.put(name, List.copyOf(values));
            return this;
        }

        Draft item(String name, Item value) {
            attributes.put(name, value);
            return this;
        }

        Item build() {
            return new Item(attributes);
        }
    }
}
