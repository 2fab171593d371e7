// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One conditional write to one item: everything that must hold, and what then changes, decided by the table at once.
 *
 * @param what the operation's name, for messages
 * @param names {@code #name} placeholders of the expressions
 * @param values {@code :value} placeholders: String, Long, Set of Long or Item
 */
record Update(
        String what, Key key, String condition, String change, Map<String, String> names, Map<String, Object> values) {
    Update {
        names = Map.copyOf(names);
        values = Map.copyOf(values);
    }

    static Update of(String what, Key key, String condition, String change) {
        return new Update(what, key, condition, change, Map.of(), Map.of());
    }

    Update with(String placeholder, Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(placeholder, value);
        return new Update(what, key, condition, change, names, more);
    }

    Update withName(String placeholder, String name) {
        var more = new LinkedHashMap<>(names);
        more.put(placeholder, name);
        return new Update(what, key, condition, change, more, values);
    }

    /** How a conditional write ended. */
    sealed interface Outcome {
        /** One function for each alternative. */
        <T> T match(Function<Applied, T> applied, Function<Refused, T> refused);

        /** The condition held; the item after the change. */
        record Applied(Item after) implements Outcome {
            @Override
            public <T> T match(Function<Applied, T> applied, Function<Refused, T> refused) {
                return applied.apply(this);
            }
        }

        /** The condition did not hold, and nothing changed; the item that it was held against, if there is one. */
        record Refused(Optional<Item> there) implements Outcome {
            @Override
            public <T> T match(Function<Applied, T> applied, Function<Refused, T> refused) {
                return refused.apply(this);
            }
        }
    }
}
