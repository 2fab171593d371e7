// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.Decision;
import io.taskbound.approval.ShownText;
import io.taskbound.audit.Reason;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Person;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.ledger.Approvals;
import io.taskbound.policy.Member;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/** A request for approval in the hands of one member of its groups. */
final class Considered {
    private final ApprovalRecord record;
    private final boolean runClosed;
    private final Member member;
    private final boolean replaced;

    private Considered(ApprovalRecord record, boolean runClosed, Member member, boolean replaced) {
        this.record = record;
        this.runClosed = runClosed;
        this.member = member;
        this.replaced = replaced;
    }

    /** Empty for one who is in none of the groups that the request is for, by the policy that is in force. */
    static Optional<Considered> of(Policy current, Identity identity, Approvals.Found found) {
        var record = found.record();
        return current.approver(identity, record.approval().by())
                .map(member ->
                        new Considered(record, found.runClosed(), member, isReplaced(record, current.version())));
    }

    /** What was declared names the version that allowed it; another version may allow something else. */
    private static boolean isReplaced(ApprovalRecord record, PolicyVersion current) {
        var declared = record.declaration().json();
        return !declared.string("policy_hash").equals(Optional.of(current.hash()))
                || declared.wholeNumber("policy_version").orElse(0) != current.number();
    }

    ApprovalRecord record() {
        return record;
    }

    Considered with(ApprovalRecord after) {
        return new Considered(after, runClosed, member, replaced);
    }

    /** Why this person cannot decide so now. */
    Optional<Refusal> objection(boolean approve, Instant now) {
        return approve ? objection(now) : objectionToDenial(now);
    }

    /** Why this person cannot approve it now. What is over is told as such, also to those who have decided on it. */
    Optional<Refusal> objection(Instant now) {
        return ofPerson().or(() -> ofRequest(now)).or(this::ofEarlier);
    }

    /**
     * Why this person cannot deny it now. Until it is used, an approval can be taken back, also by whoever gave it: a
     * denial is never the one decision too many.
     */
    Optional<Refusal> objectionToDenial(Instant now) {
        var late = ofRequest(now);
        return ofPerson()
                .or(() -> late.filter(refusal -> record.standing(now) != ApprovalRecord.Standing.APPROVED
                        || refusal.reason() != Reason.DECIDED_BEFORE));
    }

    private Optional<Refusal> ofPerson() {
        if (member.person().isEmpty()) {
            return Optional.of(ApprovalRefusals.noPerson());
        }
        var people = member.people();
        var starter = record.starter();
        if (starter.filter(people::contains).isPresent()) {
            return Optional.of(ApprovalRefusals.ownRequest());
        }
        // Of several approvers, a later one could be the same person, and would not know this one's id.
        boolean oneOfSeveral = record.approval().count() > 1;
        if (starter.filter(member::cannotTell).isPresent() || (oneOfSeveral && member.isUnlinked())) {
            return Optional.of(ApprovalRefusals.unlinkedPerson());
        }
        return Optional.empty();
    }

    private Optional<Refusal> ofEarlier() {
        var people = member.people();
        for (var decision : record.decisions()) {
            if (!Collections.disjoint(decision.people(), people)) {
                return Optional.of(ApprovalRefusals.decidedBefore());
            }
            if (decision.people().stream().anyMatch(member::cannotTell)) {
                return Optional.of(ApprovalRefusals.unlinkedPerson());
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> ofRequest(Instant now) {
        if (replaced) {
            return Optional.of(ApprovalRefusals.replaced());
        }
        if (runClosed) {
            return Optional.of(ApprovalRefusals.runClosed());
        }
        return switch (record.standing(now)) {
            case PENDING -> Optional.empty();
            case APPROVED -> Optional.of(ApprovalRefusals.approvedAlready());
            case USED -> Optional.of(ApprovalRefusals.used());
            case DENIED -> Optional.of(ApprovalRefusals.denied());
            case EXPIRED -> Optional.of(ApprovalRefusals.expired());
        };
    }

    private String state(Instant now) {
        var standing = record.standing(now);
        boolean open = standing == ApprovalRecord.Standing.PENDING || standing == ApprovalRecord.Standing.APPROVED;
        if (open && replaced) {
            return "replaced";
        }
        return open && runClosed ? "ended" : standing.wire();
    }

    Decision decision(ApprovalRequest.Decided decided, Instant now) {
        Person person = member.person().orElseThrow();
        return new Decision(
                decided.approve(),
                now,
                member.group(),
                member.provider(),
                person,
                member.people(),
                member.name().orElse(person.id()),
                decided.shown(),
                decided.comment());
    }

    /** @param recorded whether this tells of a decision that was just written */
    ShownApproval shown(String issuer, Instant now, boolean recorded) {
        var left = Duration.between(now, record.until());
        return new ShownApproval(
                record,
                ApprovalAddress.of(issuer, record.id()),
                ShownText.of(record.declaration()),
                state(now),
                left.isNegative() ? Duration.ZERO : left,
                objection(now).map(Refusal::description),
                objectionToDenial(now).isEmpty(),
                recorded);
    }
}
