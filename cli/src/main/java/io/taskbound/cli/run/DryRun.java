// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.step.ApprovalText;
import io.taskbound.client.step.ClosedBy;
import io.taskbound.client.step.RefusalText;
import io.taskbound.client.step.StepText;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Asks whether the token would be granted; nothing is issued, consumed or run. */
final class DryRun {
    private final RunPlan plan;
    private final StepLog log;
    private final boolean json;

    /** @param json whether the answer is also wanted as a line of JSON on stdout */
    DryRun(RunPlan plan, StepLog log, boolean json) {
        this.plan = plan;
        this.log = log;
        this.json = json;
    }

    /** The exit code. */
    int ask() throws Complaint {
        var idToken = plan.idTokens().fetch(plan.audience());
        var issuer = plan.issuer();
        return issuer.dryRun(idToken, plan.request())
                .match(
                        granted -> notRehearsed(issuer, granted.token()),
                        wouldGrant -> wouldGrant.needsApproval().isEmpty()
                                ? wouldGrant()
                                : wouldGrantAfter(wouldGrant.needsApproval()),
                        pending -> wouldGrantAfter(pending.approval().approvers()),
                        refused -> {
                            answer(no().put("error", refused.refusal().code())
                                    .putIfPresent(
                                            "error_description",
                                            refused.refusal().description())
                                    .putIfPresent(
                                            "request_id", refused.refusal().requestId()));
                            return told(
                                    RefusalText.of(issuer.issuer(), plan.request(), idToken, refused),
                                    Complaint.REFUSED);
                        },
                        unavailable -> {
                            answer(no().put("outage", unavailable.outage().sentence()));
                            return told(
                                    StepText.unavailable(issuer.issuer(), unavailable.outage(), false),
                                    Complaint.REFUSED);
                        });
    }

    private int wouldGrant() {
        answer(JsonObject.builder().put("would_grant", true));
        return told(StepText.wouldGrant(), 0);
    }

    private int wouldGrantAfter(List<String> approvers) {
        answer(JsonObject.builder().put("would_grant", true).put("needs_approval", JsonArray.ofStrings(approvers)));
        return told(ApprovalText.wouldNeed(approvers), 0);
    }

    /** Nobody asked for this token, so nobody may hold it. */
    private int notRehearsed(IssuerClient issuer, GrantedToken granted) {
        var held = issuer.hold(granted, LeaseListener.ignoring());
        log.warn("taskbound: the issuer does not support dry runs: it granted a token");
        log.warn(StepText.ended(held.end(), ClosedBy.STEP, Optional.empty()));
        answer(no().put("outage", "the issuer does not support dry runs"));
        return Complaint.REFUSED;
    }

    private static JsonObject.Builder no() {
        return JsonObject.builder().put("would_grant", false);
    }

    private void answer(JsonObject.Builder members) {
        if (json) {
            log.context().say(JsonLine.of(members.build()));
        }
    }

    private int told(String text, int code) {
        log.warn(text);
        return code;
    }
}
