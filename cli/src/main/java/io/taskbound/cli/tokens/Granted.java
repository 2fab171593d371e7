// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.TokenRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What a record says that its token may do. */
final class Granted {
    private static final String UNREADABLE = "?";

    private Granted() {}

    /** Each object in a few words: foreign text. */
    static List<String> lines(TokenRecord token) {
        return objects(token).stream().map(Granted::line).toList();
    }

    private static String line(JsonObject object) {
        var actions = object.array("actions").orElse(JsonArray.EMPTY).items().stream()
                .map(action -> action instanceof JsonString text ? text.value() : UNREADABLE)
                .collect(Collectors.joining(", "));
        return actions + " " + object.string("identifier").orElse(UNREADABLE);
    }

    /** The target of the object with this index: foreign text. */
    static String identifier(TokenRecord token, int object) {
        var objects = objects(token);
        return object < objects.size()
                ? objects.get(object).string("identifier").orElse(UNREADABLE)
                : UNREADABLE;
    }

    private static List<JsonObject> objects(TokenRecord token) {
        try {
            return StrictJson.parse(token.grant().details().text().getBytes(StandardCharsets.UTF_8))
                            instanceof JsonArray details
                    ? details.items().stream()
                            .map(item -> item instanceof JsonObject object ? object : JsonObject.EMPTY)
                            .toList()
                    : List.of();
        } catch (MalformedJson notOurs) {
            return List.of();
        }
    }
}
