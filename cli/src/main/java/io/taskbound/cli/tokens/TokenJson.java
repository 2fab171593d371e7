// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.TokenRecord;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** All that is known of a token, for programs. Names as in the audit log and the token itself. */
final class TokenJson {
    private TokenJson() {}

    static JsonObject of(TokenView sight) {
        var token = sight.token();
        var json = JsonObject.builder()
                .put("handle", token.jti().toString())
                .put("state", sight.state().word())
                .put("task", token.task().value())
                .put("authorization_details", details(token))
                .put("resource_server", token.server().value())
                .put("aud", token.audience());
        caller(token, json);
        life(token, json);
        json.put("uses", new JsonArray(uses(token)));
        token.closure().ifPresent(closure -> json.put("closed", closed(closure)));
        json.put(
                "denied",
                new JsonArray(
                        sight.denials().stream().<JsonValue>map(DenialJson::of).toList()));
        return json.build();
    }

    private static void caller(TokenRecord token, JsonObject.Builder json) {
        json.put("provider", token.provider().value())
                .put("iss", token.issuerOfProof())
                .put("sub", token.subject())
                .put("stable_sub", token.stableSubject())
                .putIfPresent("project_id", token.projectId())
                .putIfPresent("project", token.projectName())
                .put("run", token.run())
                .putIfPresent("job", token.job())
                .putIfPresent("started_by", token.startedBy())
                .putIfPresent("link", token.link())
                .put("id_token_issued", token.proofIssued().toString())
                .put("id_token_expires", token.proofExpires().toString())
                .put(
                        "policy",
                        JsonObject.builder()
                                .put("version", token.policy().number())
                                .put("hash", token.policy().hash())
                                .build());
    }

    private static void life(TokenRecord token, JsonObject.Builder json) {
        json.put("issued", token.issued().toString())
                .put("expires", token.expires().toString());
        token.lease().ifPresent(lease -> json.put("lease_seconds", lease.toSeconds()));
        json.putIfPresent("lease_deadline", token.leaseDeadline().map(Object::toString));
        token.maxUses().ifPresent(most -> json.put("max_uses", most));
        if (token.maxUses().isPresent()) {
            json.put(
                    "uses_left",
                    new JsonArray(token.usesLeft().stream()
                            .<JsonValue>map(left -> JsonNumber.of(left))
                            .toList()));
        }
        json.put("use_count", token.useCount()).put("txn", token.txn()).put("signed", !token.unsigned());
    }

    private static List<JsonValue> uses(TokenRecord token) {
        return token.uses().values().stream()
                .sorted(Comparator.comparing(use -> use.at()))
                .<JsonValue>map(use -> JsonObject.builder()
                        .put("time", use.at().toString())
                        .put("resource_server", token.server().value())
                        .put("action", use.action())
                        .put("identifier", Granted.identifier(token, use.object()))
                        .build())
                .toList();
    }

    private static JsonObject closed(Closure closure) {
        return JsonObject.builder()
                .put("time", closure.at().toString())
                .put("by", closure.by())
                .put("cause", closure.cause().wire())
                .putIfPresent("note", closure.note())
                .build();
    }

    private static JsonValue details(TokenRecord token) {
        try {
            return StrictJson.parse(token.authorizationDetails().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson notOurs) {
            return new JsonString(token.authorizationDetails());
        }
    }
}
