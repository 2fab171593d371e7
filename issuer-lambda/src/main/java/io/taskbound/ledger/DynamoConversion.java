// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.PK;
import static io.taskbound.ledger.Attributes.SK;

import io.taskbound.ledger.DynamoTable.Listed;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts between our items and keys and the SDK's attribute values. */
final class DynamoConversion {
    private DynamoConversion() {}

    static Map<String, AttributeValue> of(Item item) {
        return of(item.attributes());
    }

    static Map<String, AttributeValue> of(Key key) {
        return Map.of(PK, AttributeValue.fromS(key.pk()), SK, AttributeValue.fromS(key.sk()));
    }

    static Map<String, AttributeValue> of(Map<String, Object> values) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        values.forEach((name, value) -> attributes.put(name, of(value)));
        return attributes;
    }

    private static AttributeValue of(Object value) {
        if (value instanceof String text) {
            return AttributeValue.fromS(text);
        }
        if (value instanceof Long number) {
            return AttributeValue.fromN(Long.toString(number));
        }
        if (value instanceof List<?> list) {
            return AttributeValue.fromL(list.stream().map(DynamoConversion::of).toList());
        }
        if (value instanceof Set<?> numbers) {
            return AttributeValue.fromNs(numbers.stream().map(String::valueOf).toList());
        }
        if (value instanceof Item item) {
            return AttributeValue.fromM(of(item));
        }
        throw new IllegalArgumentException("not the type of an attribute: " + value.getClass());
    }

    static Key key(Map<String, AttributeValue> attributes) {
        return new Key(keyPart(attributes, PK).s(), keyPart(attributes, SK).s());
    }

    static Listed listed(Map<String, AttributeValue> entry, String sortedBy) {
        return new Listed(key(entry), new BigDecimal(keyPart(entry, sortedBy).n()).longValue());
    }

    /** A part of a key is there, and of its type: the service sees to it. */
    private static AttributeValue keyPart(Map<String, AttributeValue> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }

    static Optional<Item> readable(Map<String, AttributeValue> attributes) {
        try {
            return Optional.of(item(attributes));
        } catch (LedgerUnavailable notOurs) {
            return Optional.empty();
        }
    }

    static Item item(Map<String, AttributeValue> attributes) {
        var values = new LinkedHashMap<String, Object>();
        attributes.forEach((name, value) -> values.put(name, value(name, value)));
        return new Item(values);
    }

    private static Object value(String name, AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> number(name, value.n());
            case L -> value.l().stream().map(each -> value(name, each)).toList();
            case NS -> value.ns().stream().map(each -> number(name, each)).collect(Collectors.toSet());
            case M -> item(value.m());
            default -> throw LedgerUnavailable.unreadable(name);
        };
    }

    private static Long number(String name, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw LedgerUnavailable.unreadable(name);
        }
    }
}
