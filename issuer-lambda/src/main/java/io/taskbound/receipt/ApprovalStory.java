// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import io.taskbound.approval.Decision;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.ApprovalRecord;

/** The evidence that people approved what a token was for: who, when, and on which text. */
final class ApprovalStory {
    private ApprovalStory() {}

    static JsonObject json(ApprovalRecord approval) {
        return JsonObject.builder()
                .put("id", approval.id().toString())
                .put("requested", approval.requested().toString())
                .put("needed", approval.approval().count())
                .put(
                        "decisions",
                        new JsonArray(approval.decisions().stream()
                                .<JsonValue>map(ApprovalStory::decision)
                                .toList()))
                .build();
    }

    private static JsonObject decision(Decision decision) {
        return JsonObject.builder()
                .put("decision", decision.word())
                .put("at", decision.at().toString())
                .put("group", decision.group())
                .put("provider", decision.provider().value())
                .put("issuer", decision.person().issuer())
                .put("person", decision.person().id())
                .put("name", decision.name())
                .put("text_sha256", decision.textHash())
                .putIfPresent("comment", decision.comment())
                .build();
    }
}
