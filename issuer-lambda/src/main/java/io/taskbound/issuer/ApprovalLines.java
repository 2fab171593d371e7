// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.Decision;
import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.task.TaskName;
import java.time.Instant;

/** What the audit log says of approvals. */
final class ApprovalLines {
    private final String issuer;

    /** @param issuer our own issuer URL */
    ApprovalLines(String issuer) {
        this.issuer = issuer;
    }

    /** The line by which people get to know that they are asked; EventBridge publishes it. */
    AuditLine requested(ApprovalRecord there, AuditEntry asking) {
        return about(asking.as(Event.APPROVAL), there).expires(there.until()).end(Outcome.REQUESTED);
    }

    AuditEntry begin(String requestId, Instant now) {
        return AuditEntry.begin(Event.APPROVAL, requestId, now);
    }

    /** What it is about, and who asked. */
    AuditEntry about(AuditEntry entry, ApprovalRecord there) {
        var json = there.declaration().json();
        json.string("task").ifPresent(task -> entry.task(new TaskName(task)));
        json.string("resource_server").ifPresent(entry::resourceServer);
        json.object("requester").ifPresent(asker -> asker(asker, entry));
        return entry.approval(there.id(), ApprovalAddress.of(issuer, there.id()))
                .approvers(there.approval().by(), there.approval().count());
    }

    private static void asker(JsonObject asker, AuditEntry entry) {
        asker.string("run").ifPresent(run -> entry.run(run, asker.string("job")));
        asker.string("project").ifPresent(entry::project);
        asker.string("project_id").ifPresent(entry::projectId);
        asker.string("link").ifPresent(entry::link);
    }

    AuditLine decided(Decision decision, AuditEntry entry) {
        entry.approver(decision.group(), decision.person(), decision.name()).shown(decision.textHash());
        decision.comment().ifPresent(entry::comment);
        return entry.end(decision.approved() ? Outcome.APPROVED : Outcome.DENIED);
    }
}
