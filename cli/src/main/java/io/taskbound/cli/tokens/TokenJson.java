// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.identity.Requester;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.receipt.CredentialStory;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that is known of a token, for programs. Names as in the audit log and the token itself. */
final class TokenJson {
    private TokenJson() {}

    static JsonObject of(TokenView sight) {
        return of(sight, Optional.empty());
    }

    /** @param credential the foreign one that was asked for with the token, if one was */
    static JsonObject of(TokenView sight, Optional<CredentialStory> credential) {
        var token = sight.token();
        var json = JsonObject.builder()
                .put("handle", token.jti().toString())
                .put("state", sight.state().word())
                .put("task", token.grant().task().value())
                .put("authorization_details", details(token))
                .put("resource_server", token.grant().server().value())
                .put("aud", token.grant().audience());
        requester(token.requester(), json);
        policy(token.grant().policy(), json);
        life(token, json);
        json.put("uses", new JsonArray(uses(token)));
        credential.ifPresent(there -> json.put("credential", there.json()));
        token.life().end().ifPresent(end -> json.put("ended", ended(end)));
        json.put("missing_close", sight.missedItsClose());
        json.put(
                "denied",
                new JsonArray(
                        sight.denials().stream().<JsonValue>map(DenialJson::of).toList()));
        return json.build();
    }

    private static void requester(Requester requester, JsonObject.Builder json) {
        json.put("provider", requester.provider().value())
                .put("iss", requester.issuer())
                .put("sub", requester.subject())
                .put("stable_sub", requester.stableSubject())
                .putIfPresent("project_id", requester.projectId())
                .putIfPresent("project", requester.projectName())
                .put("run", requester.run())
                .putIfPresent("job", requester.job())
                .putIfPresent("started_by", requester.startedBy())
                .putIfPresent("link", requester.link())
                .put("id_token_issued", requester.proofIssued().toString())
                .put("id_token_expires", requester.proofExpires().toString());
    }

    private static void policy(PolicyVersion policy, JsonObject.Builder json) {
        json.put(
                "policy",
                JsonObject.builder()
                        .put("version", policy.number())
                        .put("hash", policy.hash())
                        .build());
    }

    private static void life(TokenRecord token, JsonObject.Builder json) {
        var life = token.life();
        var uses = token.uses();
        json.put("issued", life.issued().toString())
                .put("expires", life.expires().toString());
        life.lease().ifPresent(lease -> json.put("lease_seconds", lease.toSeconds()));
        json.putIfPresent("lease_deadline", life.leaseDeadline().map(Object::toString));
        token.key()
                .ifPresent(key -> json.put(
                        "cnf", JsonObject.builder().put("jkt", key.value()).build()));
        token.grant()
                .window()
                .ifPresent(window -> json.put(
                        "window",
                        JsonObject.builder()
                                .put("end", window.end().toString())
                                .putIfPresent("change", window.change())
                                .build()));
        uses.max().ifPresent(max -> json.put("max_uses", max));
        if (uses.max().isPresent()) {
            json.put(
                    "uses_left",
                    new JsonArray(uses.left().stream()
                            .<JsonValue>map(left -> JsonNumber.of(left))
                            .toList()));
        }
        json.put("use_count", uses.count()).put("txn", token.txn()).put("signed", !life.unsigned());
    }

    private static List<JsonValue> uses(TokenRecord token) {
        return token.uses().remembered().values().stream()
                .sorted(Comparator.comparing(use -> use.at()))
                .<JsonValue>map(use -> JsonObject.builder()
                        .put("time", use.at().toString())
                        .put("resource_server", token.grant().server().value())
                        .put("action", use.action())
                        .put("identifier", Granted.identifier(token, use.object()))
                        .build())
                .toList();
    }

    private static JsonObject ended(Closure closure) {
        return JsonObject.builder()
                .put("time", closure.at().toString())
                .put("by", closure.by())
                .put("cause", closure.cause().wire())
                .putIfPresent("note", closure.note())
                .build();
    }

    private static JsonValue details(TokenRecord token) {
        try {
            return StrictJson.parse(token.grant().details().text().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson notOurs) {
            return new JsonString(token.grant().details().text());
        }
    }
}
