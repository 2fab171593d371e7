// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.approval.ApprovalAnswer;
import io.taskbound.client.approval.ApprovalReader;
import io.taskbound.client.approval.ApprovalsAnswer;
import io.taskbound.client.approval.Decision;

/** What a person asks the issuer about approvals, and the reading of its answers. */
final class ApprovalCall {
    static final String PATH = "/approvals";

    private final IssuerUrl issuer;
    private final IdToken idToken;

    ApprovalCall(IssuerUrl issuer, IdToken idToken) {
        this.issuer = issuer;
        this.idToken = idToken;
    }

    /** Shows only. */
    FormBody form() {
        return new FormBody().with("subject_token", idToken.text()).with("subject_token_type", MintCall.ID_TOKEN);
    }

    FormBody form(Decision decision) {
        var form = form().with("decision", decision.wire())
                .with("shown", decision.shown().textHash());
        decision.comment().ifPresent(comment -> form.with("comment", comment));
        return form;
    }

    /** @param id of the approval that was asked for */
    ApprovalAnswer read(Reply reply, String id) {
        return reply.match(received -> read(received, id), none -> new ApprovalAnswer.Unavailable(none.outage()));
    }

    private ApprovalAnswer read(Reply.Received received, String id) {
        if (received.status() == 200) {
            return received.json()
                    .flatMap(body -> reader(received).shown(body))
                    .filter(shown -> shown.id().equals(id))
                    .<ApprovalAnswer>map(ApprovalAnswer.Shown::new)
                    .orElseGet(() -> new ApprovalAnswer.Unavailable(received.notAnIssuer("without a whole approval")));
        }
        return received.json()
                .flatMap(body -> Refusal.from(body, idToken.text()))
                .<ApprovalAnswer>map(refusal -> new ApprovalAnswer.Refused(refusal, received.lostOne()))
                .orElseGet(() -> new ApprovalAnswer.Unavailable(received.notAnIssuer("without an OAuth error")));
    }

    ApprovalsAnswer readList(Reply reply) {
        return reply.match(this::readList, none -> new ApprovalsAnswer.Unavailable(none.outage()));
    }

    private ApprovalsAnswer readList(Reply.Received received) {
        if (received.status() == 200) {
            return received.json()
                    .flatMap(body -> reader(received).listed(body))
                    .<ApprovalsAnswer>map(ApprovalsAnswer.Listed::new)
                    .orElseGet(
                            () -> new ApprovalsAnswer.Unavailable(received.notAnIssuer("without a list of approvals")));
        }
        return received.json()
                .flatMap(body -> Refusal.from(body, idToken.text()))
                .<ApprovalsAnswer>map(ApprovalsAnswer.Refused::new)
                .orElseGet(() -> new ApprovalsAnswer.Unavailable(received.notAnIssuer("without an OAuth error")));
    }

    private ApprovalReader reader(Reply.Received received) {
        return new ApprovalReader(text -> PendingApproval.below(issuer, text), received.sentAt());
    }
}
