// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Declaration;
import io.taskbound.audit.Reason;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Starter;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.ledger.Approvals;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Approval;
import io.taskbound.policy.Grant;
import io.taskbound.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a mint needs of people before its record is written. While they have not approved, nothing is used up: the step
 * asks again with the same request and a fresh ID token. A task that nobody need approve costs no request.
 */
final class Approving {
    private static final String WHAT_TO_SEND =
            "this task needs an approval: send txn, a UUID, and holder_challenge, and keep both while you wait";
    private static final String RE_RUN =
            "this task needs an approval, and a re-run does not say which person started it; start a new run";
    private static final String MACHINE =
            "this task needs an approval, and a machine started this run, so that nobody can say which person must not"
                    + " approve it; have a person start a new run";
    private static final String TOO_MANY = "this run has asked for as many approvals as it may; start a new run";

    private final Approvals approvals;
    private final Optional<ApprovalRecord> wanted;
    private Optional<ApprovalRecord> approved = Optional.empty();

    private Approving(Approvals approvals, Optional<ApprovalRecord> wanted) {
        this.approvals = approvals;
        this.wanted = wanted;
    }

    /** Whose approval this grant needs; empty where nobody's does, or where the task is only watched. */
    static Optional<Approval> needed(Grant grant) {
        return grant.enforcement().isWatched() ? Optional.empty() : grant.approval();
    }

    /** Why people cannot even be asked. */
    static Optional<Refusal> objection(Identity identity, Grant grant, MintRequest request) {
        var needed = needed(grant);
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        var starter = identity.caller().starter();
        if (starter instanceof Starter.Hidden) {
            return hiddenStarter(RE_RUN);
        }
        // Of two who approve, one at least did not tell the machine to start it.
        if (starter instanceof Starter.Machine && needed.get().count() == 1) {
            return hiddenStarter(MACHINE);
        }
        return request.txn().isEmpty() || request.challenge().isEmpty()
                ? Optional.of(Refusal.malformed(WHAT_TO_SEND))
                : Optional.empty();
    }

    private static Optional<Refusal> hiddenStarter(String sentence) {
        return Optional.of(Refusal.of(ErrorCode.ACCESS_DENIED, sentence, Reason.HIDDEN_STARTER));
    }

    /** To be made only where there is no {@link #objection}. */
    static Approving of(
            Approvals approvals, Policy policy, Identity identity, Grant grant, MintRequest request, Instant now) {
        return new Approving(
                approvals, needed(grant).map(approval -> wanted(policy, identity, grant, request, approval, now)));
    }

    private static ApprovalRecord wanted(
            Policy policy, Identity identity, Grant grant, MintRequest request, Approval approval, Instant now) {
        var description = policy.task(grant.task()).flatMap(task -> task.description());
        var declaration = Declaration.of(
                identity,
                grant,
                description,
                request.txn().orElseThrow(),
                request.challenge().orElseThrow());
        var until = now.plus(approval.within());
        return new ApprovalRecord(
                declaration,
                approval,
                identity.issuedAt(),
                now,
                grant.windowEnd().filter(until::isAfter).orElse(until),
                List.of(),
                Optional.empty());
    }

    boolean isNeeded() {
        return wanted.isPresent();
    }

    /** What people are asked to approve; empty where nobody need approve. */
    Optional<ApprovalId> id() {
        return wanted.map(ApprovalRecord::id);
    }

    /** What came of asking. */
    sealed interface Asked {
        /** Nothing prevents the grant. */
        record Approved() implements Asked {}

        /** @param first people are to be told of it */
        record Waits(ApprovalRecord there, boolean tooSoon, boolean first) implements Asked {}

        record No(Refusal refusal) implements Asked {}
    }

    Asked ask(Instant now) {
        if (wanted.isEmpty()) {
            return new Asked.Approved();
        }
        var asked = approvals.ask(wanted.get(), now);
        if (asked instanceof Approvals.Asked.Requested requested) {
            return new Asked.Waits(requested.there(), false, true);
        }
        return asked instanceof Approvals.Asked.There there
                ? judge(there, now)
                : new Asked.No(Refusal.of(ErrorCode.ACCESS_DENIED, TOO_MANY, Reason.TOO_MANY_APPROVALS));
    }

    private Asked judge(Approvals.Asked.There asked, Instant now) {
        var there = asked.there();
        return switch (there.standing(now)) {
            case PENDING -> new Asked.Waits(there, asked.tooSoon(), false);
            case APPROVED -> approved(there);
            // By this very ID token, whose answer was lost; by another, or for nothing: claiming it tells.
            case USED -> approved(there);
            case DENIED -> new Asked.No(Refusal.denied());
            case EXPIRED -> new Asked.No(Refusal.approvalExpired());
        };
    }

    private Asked approved(ApprovalRecord there) {
        approved = Optional.of(there);
        return new Asked.Approved();
    }

    /** Uses the approval for this token; the refusal if another has it. */
    Optional<Refusal> claim(TokenRecord draft, Instant now) {
        return approved.filter(there -> !approvals.claim(there, draft.jti(), now))
                .map(there -> whyNot(there, now));
    }

    /** It was used, or taken back, since it was looked at. */
    private Refusal whyNot(ApprovalRecord seen, Instant now) {
        return approvals
                .find(seen.id())
                .filter(there -> there.standing(now) == ApprovalRecord.Standing.DENIED)
                .map(there -> Refusal.denied())
                .orElseGet(Refusal::approvalUsed);
    }

    /** The record with what was approved. */
    TokenRecord marked(TokenRecord draft) {
        return approved.map(there -> draft.withApproval(there.id())).orElse(draft);
    }

    /** To be asked once the record is written: a mint that stood still may have lost its approval to another. */
    Optional<Refusal> lost(TokenRecord written) {
        return approved.filter(there -> !approvals.holds(there.id(), written.jti()))
                .map(used -> Refusal.approvalUsed());
    }
}
