// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What IAM answers by one policy, as its reference says: actions ignore case, {@code *} and {@code ?} are wildcards in
 * actions, resources and {@code StringLike}, a condition on a key that the request lacks does not hold. Whatever this
 * model does not know is an error, so that no policy is taken for narrower than it is.
 */
final class IamModel {
    private final List<JsonValue> statements;

    IamModel(String policy) {
        try {
            var document = StrictJson.parseObject(policy.getBytes(StandardCharsets.UTF_8));
            only(document, Set.of("Version", "Statement"));
            if (!document.string("Version").equals(Optional.of("2012-10-17"))) {
                throw new AssertionError(policy);
            }
            this.statements = document.array("Statement").orElseThrow().items();
        } catch (MalformedJson malformed) {
            throw new AssertionError(policy, malformed);
        }
    }

    List<JsonObject> statements() {
        return statements.stream().map(JsonObject.class::cast).toList();
    }

    boolean allows(String action, String resource, Optional<String> prefix, Instant now) {
        return statements().stream().anyMatch(statement -> allows(statement, action, resource, prefix, now));
    }

    private static boolean allows(
            JsonObject statement, String action, String resource, Optional<String> prefix, Instant now) {
        only(statement, Set.of("Effect", "Action", "Resource", "Condition"));
        if (!statement.string("Effect").equals(Optional.of("Allow"))) {
            throw new AssertionError("an effect that this model does not know");
        }
        return texts(statement, "Action").stream()
                        .anyMatch(pattern -> like(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)))
                && texts(statement, "Resource").stream().anyMatch(pattern -> like(pattern, resource))
                && holds(statement.object("Condition").orElseThrow(), prefix, now);
    }

    private static boolean holds(JsonObject condition, Optional<String> prefix, Instant now) {
        only(condition, Set.of("DateLessThan", "StringLike"));
        var before = condition.object("DateLessThan").orElseThrow();
        only(before, Set.of("aws:CurrentTime"));
        boolean inTime =
                now.isBefore(Instant.parse(before.string("aws:CurrentTime").orElseThrow()));
        var like = condition.object("StringLike");
        like.ifPresent(keys -> only(keys, Set.of("s3:prefix")));
        return inTime
                && like.map(keys -> prefix.isPresent()
                                && texts(keys, "s3:prefix").stream().anyMatch(pattern -> like(pattern, prefix.get())))
                        .orElse(true);
    }

    static List<String> texts(JsonObject object, String name) {
        var value = object.get(name).orElseThrow();
        return value instanceof JsonArray array
                ? array.items().stream()
                        .map(item -> ((JsonString) item).value())
                        .toList()
                : List.of(((JsonString) value).value());
    }

    private static void only(JsonObject object, Set<String> known) {
        if (!known.containsAll(object.members().keySet())) {
            throw new AssertionError(
                    "this model does not know all of " + object.members().keySet());
        }
    }

    /** Plain recursion, unlike anything in the issuer. */
    static boolean like(String pattern, String text) {
        if (pattern.contains("${")) {
            throw new AssertionError("a policy variable: " + pattern);
        }
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return like(pattern.substring(1), text) || (!text.isEmpty() && like(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && like(pattern.substring(1), text.substring(1));
    }
}
