// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.approval.Decision;
import io.taskbound.issuer.ApprovalAddress;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.issuer.MintAnswer;
import io.taskbound.issuer.PendingApprovals;
import io.taskbound.issuer.ShownApproval;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.ledger.Approvals;
import java.time.Duration;
import java.time.Instant;

/** Approvals on the wire. */
final class ApprovalJson {
    private static final String WAIT =
            "people have to approve this request first; ask again after the interval, with the"
                    + " same request and a fresh ID token";
    private static final String WAIT_LONGER = "asked again too soon; add 5 seconds to the interval";

    private ApprovalJson() {}

    /** The members of RFC 8628 section 3.2 and 3.5 that fit, and who may approve. */
    static JsonObject pending(MintAnswer.Pending pending, String issuer, String requestId, Instant now) {
        var code = pending.tooSoon() ? ErrorCode.SLOW_DOWN : ErrorCode.AUTHORIZATION_PENDING;
        var record = pending.there();
        long interval = Approvals.INTERVAL.toSeconds();
        return JsonObject.builder()
                .put("error", code.wire())
                .put("error_description", pending.tooSoon() ? WAIT_LONGER : WAIT)
                .put("request_id", requestId)
                .put("approval_id", record.id().toString())
                .put("approval_uri", ApprovalAddress.of(issuer, record.id()))
                .put("interval", interval)
                .put("expires_in", secondsUntil(record.until(), now))
                .put("approvers", JsonArray.ofStrings(record.approval().by()))
                .put("approvals_needed", record.approval().count())
                .put("approvals_given", record.approvals())
                .build();
    }

    private static long secondsUntil(Instant end, Instant now) {
        return Math.max(0, Duration.between(now, end).toSeconds());
    }

    static JsonObject shown(ShownApproval shown) {
        var record = shown.record();
        var json = about(shown)
                .put("state", shown.state())
                .put("text", shown.text().text())
                .put("text_sha256", shown.text().hash())
                .put("approvers", JsonArray.ofStrings(record.approval().by()))
                .put("approvals_needed", record.approval().count())
                .put("may_decide", shown.objection().isEmpty())
                .put("may_deny", shown.mayDeny())
                .putIfPresent("why", shown.objection())
                .put("decisions", decisions(record));
        return json.build();
    }

    static JsonObject listed(PendingApprovals.Listed listed) {
        return JsonObject.builder()
                .put(
                        "approvals",
                        new JsonArray(listed.approvals().stream()
                                .<JsonValue>map(shown -> about(shown).build())
                                .toList()))
                .build();
    }

    private static JsonObject.Builder about(ShownApproval shown) {
        var record = shown.record();
        var declared = record.declaration().json();
        var requester = declared.object("requester").orElse(JsonObject.EMPTY);
        return JsonObject.builder()
                .put("approval_id", record.id().toString())
                .put("approval_uri", shown.uri())
                .putIfPresent("task", declared.string("task"))
                .putIfPresent("project", requester.string("project"))
                .putIfPresent("run", requester.string("run"))
                .putIfPresent("link", requester.string("link"))
                .put("requested_at", record.requested().getEpochSecond())
                .put("expires_in", shown.left().toSeconds());
    }

    private static JsonArray decisions(ApprovalRecord record) {
        return new JsonArray(record.decisions().stream()
                .<JsonValue>map(ApprovalJson::decision)
                .toList());
    }

    private static JsonObject decision(Decision decision) {
        return JsonObject.builder()
                .put("decision", decision.word())
                .put("at", decision.at().getEpochSecond())
                .put("provider", decision.provider().value())
                .put("name", decision.name())
                .putIfPresent("comment", decision.comment())
                .build();
    }
}
