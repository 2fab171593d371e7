// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.ShownText;
import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Reason;
import io.taskbound.identity.IdToken;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Purpose;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.ledger.Approvals;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Shows people what a step asks for, and records what they decide. An approver proves who he is by an ID token, as a
 * step does. Whoever is not a member of the request's groups learns nothing, not even whether there is such a request.
 */
public final class Approve {
    private static final int MOST_LISTED = 50;
    private static final int ATTEMPTS = 3;

    private final String issuer;
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final Consumer<AuditLine> audit;
    private final ApprovalLines lines;

    public Approve(String issuer, CurrentPolicy policy, Ledger ledger, Consumer<AuditLine> audit) {
        this.issuer = issuer;
        this.policy = policy;
        this.ledger = ledger;
        this.audit = audit;
        this.lines = new ApprovalLines(issuer);
    }

    /** A decision uses up its ID token; showing does not. Never throws for what a caller or an outage can do. */
    public ShownAnswer answer(ApprovalRequest request, String requestId, Instant now) {
        var entry = lines.begin(requestId, now);
        return prove(
                request.proof(),
                entry,
                now,
                (current, identity) -> request.decision()
                        .map(decided -> decide(request, decided, current, identity, entry, now))
                        .orElseGet(() -> show(request, current, identity, entry, now)),
                ShownAnswer.Refused::new);
    }

    /** What waits for this person, newest first. */
    public PendingApprovals pending(IdToken proof, String requestId, Instant now) {
        var entry = lines.begin(requestId, now);
        return prove(
                proof,
                entry,
                now,
                (current, identity) -> new PendingApprovals.Listed(list(current, identity, now)),
                PendingApprovals.Refused::new);
    }

    @FunctionalInterface
    private interface Proven<T> {
        T answer(Policy policy, Identity identity);
    }

    private <T> T prove(IdToken proof, AuditEntry entry, Instant now, Proven<T> proven, Function<Refusal, T> refused) {
        var current = policy.now();
        entry.policy(current.policy().version());
        try {
            return current.verifier()
                    .verify(proof, new Purpose.Exchange(Optional.empty()), now)
                    .match(
                            verified -> proven.answer(current.policy(), verified.identity()),
                            rejected -> refused.apply(tell(entry, ProofRefusals.of(rejected, entry))),
                            outage -> refused.apply(tell(entry, ProofRefusals.of(outage, entry))));
        } catch (LedgerUnavailable outage) {
            return refused.apply(tell(entry, Refusal.ledgerUnavailable()));
        }
    }

    private List<ShownApproval> list(Policy current, Identity identity, Instant now) {
        if (!current.isApprover(identity)) {
            return List.of();
        }
        return ledger
                .approvals()
                .pending(now, found -> decidable(current, identity, found, now).isPresent(), MOST_LISTED)
                .stream()
                .map(found -> decidable(current, identity, found, now))
                .flatMap(Optional::stream)
                .map(considered -> considered.shown(issuer, now, false))
                .toList();
    }

    private static Optional<Considered> decidable(
            Policy current, Identity identity, Approvals.Found found, Instant now) {
        return Considered.of(current, identity, found)
                .filter(considered -> considered.objection(now).isEmpty());
    }

    private ShownAnswer show(
            ApprovalRequest request, Policy current, Identity identity, AuditEntry entry, Instant now) {
        return consider(request, current, identity)
                .<ShownAnswer>map(considered -> new ShownAnswer.Shown(considered.shown(issuer, now, false)))
                .orElseGet(() -> refuse(identify(entry, identity), ApprovalRefusals.notAnApprover()));
    }

    /** For a stranger, nothing is even looked up. */
    private Optional<Considered> consider(ApprovalRequest request, Policy current, Identity identity) {
        if (!current.isApprover(identity)) {
            return Optional.empty();
        }
        return ledger.approvals().look(request.id()).flatMap(found -> Considered.of(current, identity, found));
    }

    private ShownAnswer decide(
            ApprovalRequest request,
            ApprovalRequest.Decided decided,
            Policy current,
            Identity identity,
            AuditEntry entry,
            Instant now) {
        identify(entry, identity);
        boolean usedUp = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var considered = consider(request, current, identity);
            if (considered.isEmpty()) {
                return refuse(entry, ApprovalRefusals.notAnApprover());
            }
            var record = considered.get().record();
            lines.about(entry, record);
            var objection = considered.get().objection(decided.approve(), now).or(() -> otherText(record, decided));
            if (objection.isPresent()) {
                return refuse(entry, objection.get());
            }
            if (!usedUp && !ledger.approvals().useUp(identity.proof(), identity.expiresAt())) {
                return refuse(entry, Refusal.badProof(Reason.REPLAYED));
            }
            usedUp = true;
            var decision = considered.get().decision(decided, now);
            var after = ledger.approvals().decide(record, decision);
            if (after.isPresent()) {
                audit.accept(lines.decided(decision, entry));
                return new ShownAnswer.Shown(considered.get().with(after.get()).shown(issuer, now, true));
            }
            // Somebody else decided at the same moment: that may have changed what this person may do.
        }
        return refuse(entry, Refusal.ledgerUnavailable());
    }

    /** The audit line names the approver's ID token, and not the run that it is of: that is the requester's. */
    private static AuditEntry identify(AuditEntry entry, Identity identity) {
        return entry.proof(identity);
    }

    private static Optional<Refusal> otherText(ApprovalRecord record, ApprovalRequest.Decided decided) {
        return ShownText.of(record.declaration()).hash().equals(decided.shown())
                ? Optional.empty()
                : Optional.of(ApprovalRefusals.otherText());
    }

    private ShownAnswer refuse(AuditEntry entry, Refusal refusal) {
        return new ShownAnswer.Refused(tell(entry, refusal));
    }

    private Refusal tell(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return refusal;
    }
}
