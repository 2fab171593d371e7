// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A real policy for {@code --dev}: every provider keeps its name, issuer and audience but has the stand-in's keys, and
 * every resource server takes the secret of {@code --dev} beside its own, of two the second; one of a kind has none.
 * Rules and tasks stay as they are.
 */
final class StandInPolicy {
    private StandInPolicy() {}

    static JsonObject of(JsonObject policy, String jwks, String secretHash) {
        var keys = parsed(jwks);
        var members = new LinkedHashMap<>(policy.members());
        each(members, "providers", provider -> {
            provider.remove("jwks_uri");
            provider.remove("jwks_file");
            provider.remove("ca_file");
            provider.remove("ca");
            provider.remove("algorithms");
            provider.put("jwks", keys);
            return provider;
        });
        each(members, "resource_servers", server -> {
            if (!server.containsKey("kind")) {
                server.put("client_secret_hashes", withOurs(server.get("client_secret_hashes"), secretHash));
            }
            return server;
        });
        return new JsonObject(members);
    }

    /** A server may have two. */
    private static JsonArray withOurs(@Nullable JsonValue own, String secretHash) {
        var hashes = new ArrayList<JsonValue>();
        if (own instanceof JsonArray array && !array.items().isEmpty()) {
            hashes.add(array.items().get(array.items().size() - 1));
        }
        var ours = new JsonString(secretHash);
        if (!hashes.contains(ours)) {
            hashes.add(ours);
        }
        return new JsonArray(hashes);
    }

    private static void each(
            Map<String, JsonValue> policy, String section, UnaryOperator<Map<String, JsonValue>> change) {
        if (policy.get(section) instanceof JsonObject entries) {
            var changed = new LinkedHashMap<String, JsonValue>();
            entries.members().forEach((name, entry) -> changed.put(name, changed(entry, change)));
            policy.put(section, new JsonObject(changed));
        }
    }

    private static JsonValue changed(JsonValue entry, UnaryOperator<Map<String, JsonValue>> change) {
        return entry instanceof JsonObject object
                ? new JsonObject(change.apply(new LinkedHashMap<>(object.members())))
                : entry;
    }

    private static JsonValue parsed(String jwks) {
        try {
            return StrictJson.parse(jwks.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException("the stand-in's keys are not JSON", e);
        }
    }
}
