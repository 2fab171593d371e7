// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a developer wants to be.
 *
 * @param as a CI run in short, {@code github:acme/shop@main}; or empty
 * @param provider a provider of the policy by name, or by profile; needed where {@code as} is empty
 * @param person who started that run; alone: a person who approves, by the workflow approve.yml
 * @param claims laid over those of {@code as}
 * @param audience the ID token's audience; the provider's own where empty
 * @param txn the task instance, for systems that carry it in the audience
 */
record DevWish(
        Optional<String> as,
        Optional<String> provider,
        Optional<String> person,
        JsonObject claims,
        Optional<String> audience,
        Optional<String> txn) {
    static final DevWish DEFAULT = as("github:acme/shop@main");
    private static final Set<String> MEMBERS = Set.of("as", "provider", "person", "claims", "audience", "txn");

    static DevWish as(String caller) {
        return new DevWish(
                Optional.of(caller),
                Optional.empty(),
                Optional.empty(),
                JsonObject.EMPTY,
                Optional.empty(),
                Optional.empty());
    }

    DevWish withTxn(String id) {
        return new DevWish(as, provider, person, claims, audience, Optional.of(id));
    }

    /** Reads what {@link #toJson} wrote; anything else is an {@link IllegalArgumentException} with a fixed sentence. */
    static DevWish parse(byte[] body) {
        try {
            var wish = StrictJson.parseObject(body);
            if (!MEMBERS.containsAll(wish.members().keySet())) {
                throw new IllegalArgumentException("known members are as, provider, person, claims, audience, txn");
            }
            return new DevWish(
                    wish.string("as"),
                    wish.string("provider"),
                    wish.string("person"),
                    wish.object("claims").orElse(JsonObject.EMPTY),
                    wish.string("audience"),
                    wish.string("txn"));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("the body is not strict JSON: " + e.getMessage(), e);
        }
    }

    JsonValue toJson() {
        return JsonObject.builder()
                .putIfPresent("as", as)
                .putIfPresent("provider", provider)
                .putIfPresent("person", person)
                .put("claims", claims)
                .putIfPresent("audience", audience)
                .putIfPresent("txn", txn)
                .build();
    }
}
