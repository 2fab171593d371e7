// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.Reason;

/** What an approver is told who cannot decide: a sentence, and what to do. */
final class ApprovalRefusals {
    private ApprovalRefusals() {}

    /** One sentence whether the request exists or not. */
    static Refusal notAnApprover() {
        return denied(
                "no request that this identity may approve has this id; give the request_id to the policy owner",
                Reason.NOT_AN_APPROVER);
    }

    static Refusal noPerson() {
        return denied(
                "this ID token does not name a person, and a machine cannot approve; approve as yourself",
                Reason.NO_PERSON);
    }

    static Refusal ownRequest() {
        return denied(
                "you started the run that asks for this, so another approver must decide on it", Reason.OWN_REQUEST);
    }

    static Refusal unlinkedPerson() {
        return denied(
                "this ID token does not say who you are at the provider of the run or of another approver; ask the"
                        + " administrator of your identity provider to add that claim",
                Reason.UNLINKED_PERSON);
    }

    static Refusal decidedBefore() {
        return denied("you have decided on this request before; another approver is needed", Reason.DECIDED_BEFORE);
    }

    static Refusal otherText() {
        return Refusal.of(
                ErrorCode.INVALID_REQUEST,
                "the text that you were shown is not the text of this request; have it shown again and read it",
                Reason.OTHER_TEXT);
    }

    static Refusal replaced() {
        return denied(
                "the policy has changed since this was requested; the step asks again by itself, with another id",
                Reason.APPROVAL_REPLACED);
    }

    static Refusal runClosed() {
        return denied("the run that asked for this has ended; nothing is left to approve", Reason.RUN_CLOSED);
    }

    static Refusal approvedAlready() {
        return denied("this request has all the approvals that it needs", Reason.DECIDED_BEFORE);
    }

    static Refusal used() {
        return denied("this request was approved, and its token was issued", Reason.APPROVAL_USED);
    }

    static Refusal denied() {
        return denied("this request was denied; the step must ask again in a new run", Reason.APPROVAL_DENIED);
    }

    static Refusal expired() {
        return Refusal.of(
                ErrorCode.EXPIRED_TOKEN,
                "the time to approve this is over; the step must ask again",
                Reason.APPROVAL_EXPIRED);
    }

    private static Refusal denied(String sentence, Reason reason) {
        return Refusal.of(ErrorCode.ACCESS_DENIED, sentence, reason);
    }
}
