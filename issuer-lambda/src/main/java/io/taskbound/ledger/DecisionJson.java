// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.approval.Decision;
import io.taskbound.identity.Person;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.task.ProviderName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Decisions as one text of their item, so that one condition says that nothing was decided meanwhile. */
final class DecisionJson {
    private DecisionJson() {}

    static String of(List<Decision> decisions) {
        return JsonText.canonical(new JsonArray(
                decisions.stream().<JsonValue>map(DecisionJson::json).toList()));
    }

    private static JsonObject json(Decision decision) {
        return JsonObject.builder()
                .put("approved", decision.approved())
                .put("at", decision.at().toEpochMilli())
                .put("group", decision.group())
                .put("provider", decision.provider().value())
                .put("person", person(decision.person()))
                .put(
                        "people",
                        new JsonArray(decision.people().stream()
                                .sorted(Comparator.comparing(Person::issuer).thenComparing(Person::id))
                                .<JsonValue>map(DecisionJson::person)
                                .toList()))
                .put("name", decision.name())
                .put("text", decision.textHash())
                .putIfPresent("comment", decision.comment())
                .build();
    }

    private static JsonObject person(Person person) {
        return JsonObject.builder()
                .put("iss", person.issuer())
                .put("id", person.id())
                .build();
    }

    /** @throws LedgerUnavailable when it is not of our layout */
    static List<Decision> read(String text) {
        try {
            return array(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8))).items().stream()
                    .map(DecisionJson::decision)
                    .toList();
        } catch (MalformedJson | IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of a decision");
        }
    }

    private static JsonArray array(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array;
        }
        throw misfit();
    }

    private static Decision decision(JsonValue value) {
        var json = object(value);
        var people = new LinkedHashSet<Person>();
        json.array("people").orElse(JsonArray.EMPTY).items().forEach(person -> people.add(person(object(person))));
        return new Decision(
                json.bool("approved").orElseThrow(DecisionJson::misfit),
                Instant.ofEpochMilli(json.wholeNumber("at").orElseThrow(DecisionJson::misfit)),
                text(json, "group"),
                new ProviderName(text(json, "provider")),
                person(json.object("person").orElseThrow(DecisionJson::misfit)),
                people,
                text(json, "name"),
                text(json, "text"),
                json.string("comment"));
    }

    private static Person person(JsonObject json) {
        return new Person(text(json, "iss"), text(json, "id"));
    }

    private static String text(JsonObject json, String member) {
        return json.string(member).orElseThrow(DecisionJson::misfit);
    }

    private static JsonObject object(JsonValue value) {
        return Optional.of(value)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElseThrow(DecisionJson::misfit);
    }

    private static IllegalArgumentException misfit() {
        return new IllegalArgumentException("not a decision");
    }
}
