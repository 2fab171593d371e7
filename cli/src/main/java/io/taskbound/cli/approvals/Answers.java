// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import io.taskbound.client.approval.ApprovalAnswer;
import io.taskbound.client.approval.ShownApproval;

/** What the issuer answered, or a complaint in words for the person. */
final class Answers {
    private final IssuerUrl issuer;
    private final String lookAgain;

    /** @param lookAgain what to do when it is not known whether a decision was recorded */
    Answers(IssuerUrl issuer, String lookAgain) {
        this.issuer = issuer;
        this.lookAgain = lookAgain;
    }

    ShownApproval shown(ApprovalAnswer answer) throws Complaint {
        if (answer instanceof ApprovalAnswer.Shown it) {
            return it.approval();
        }
        throw answer instanceof ApprovalAnswer.Refused no
                ? refused(no.refusal(), no.afterLostAnswer())
                : unavailable(((ApprovalAnswer.Unavailable) answer).outage());
    }

    Complaint refused(Refusal refusal, boolean afterLostAnswer) {
        var id = refusal.requestId()
                .map(known -> " Its request id is " + known + ".")
                .orElse("");
        return Complaint.refused(
                issuer + " refused: " + refusal.description().orElse(refusal.code()) + " (" + refusal.code() + ").",
                (afterLostAnswer
                                ? "An earlier try got no answer and may have been recorded. " + lookAgain
                                : remedy(refusal))
                        + id);
    }

    private static String remedy(Refusal refusal) {
        return switch (refusal.code()) {
            case "invalid_request" ->
                "Nothing was recorded. Use a fresh ID token: a decision uses it up, and one gets too"
                        + " old within minutes.";
            case "expired_token" -> "Nothing was recorded. The step has to ask again.";
            default -> "Nothing was recorded. Who may approve is in the policy.";
        };
    }

    Complaint unavailable(Outage outage) {
        var id = outage.requestId()
                .map(known -> " Its request id is " + known + ".")
                .orElse("");
        return Complaint.refused(
                outage.kind() == Outage.Kind.NOT_SENT
                        ? "The ID token was not sent to " + issuer + ": " + outage.sentence() + "."
                        : "No usable answer from " + issuer + ": " + outage.sentence() + ".",
                (outage.mayHaveArrived() ? lookAgain : remedy(outage.kind())) + id);
    }

    private static String remedy(Outage.Kind kind) {
        return kind == Outage.Kind.NOT_SENT
                ? "Request the ID token for the issuer's URL; if the policy expects another audience, name it with"
                        + " --issuer and --id-token-audience."
                : "Nothing was recorded. Check the issuer's URL, and try again.";
    }
}
