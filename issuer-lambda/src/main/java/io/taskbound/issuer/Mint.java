// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Purpose;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.Minted;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.metrics.Stopwatch;
import io.taskbound.metrics.TimedPart;
import io.taskbound.policy.Checks;
import io.taskbound.policy.Delivery;
import io.taskbound.policy.Grant;
import io.taskbound.policy.KeyProof;
import io.taskbound.policy.Policy;
import io.taskbound.token.KeyThumbprint;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskToken;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Exchanges a CI's ID token and a declared task for a task token (RFC 8693 section 2).
 *
 * <p>Each step makes the type that the next one needs, so that none can be left out: ID token, identity, grant, record,
 * signed token. The record is written before the signature is made: a crash between the two leaves a row that expires
 * unused; the reverse would leave a live token that nobody can revoke.
 */
public final class Mint {
    private static final String TOO_LONG =
            "the token would be too long: request fewer or shorter authorization_details";

    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final Signing signing;
    private final Consumer<AuditLine> audit;
    private final Ends ends;
    private final Stopwatch watch;
    private final ApprovalLines approvalLines;
    private final ProofOfKey keyProofs;

    /** @param issuer our own issuer URL; below it people see what they are asked to approve */
    public Mint(
            String issuer,
            CurrentPolicy policy,
            Ledger ledger,
            Signing signing,
            Consumer<AuditLine> audit,
            Stopwatch watch) {
        this.policy = policy;
        this.ledger = ledger;
        this.signing = signing;
        this.audit = audit;
        this.ends = new Ends(audit);
        this.watch = watch;
        this.approvalLines = new ApprovalLines(issuer);
        this.keyProofs = new ProofOfKey(issuer, ledger);
    }

    /** Never throws for what a caller or an outage can do; fails closed. */
    public MintAnswer mint(MintRequest request, String requestId, Instant now) {
        var entry = AuditEntry.begin(request.dryRun() ? Event.DRY_RUN : Event.MINT, requestId, now)
                .request(request.task());
        var current = watch.time(TimedPart.POLICY, policy::now);
        entry.policy(current.policy().version());
        return current.verifier()
                .verify(request.proof(), new Purpose.Exchange(request.txn()), now)
                .match(
                        verified -> look(
                                current.policy(),
                                verified.identity(),
                                request,
                                entry.identity(verified.identity()),
                                now),
                        rejected -> refuse(entry, ProofRefusals.of(rejected, entry)),
                        outage -> refuse(entry, ProofRefusals.of(outage, entry)));
    }

    /** At the key that is offered, before the policy is asked: its proof is a matter of the request alone. */
    private MintAnswer look(Policy policy, Identity identity, MintRequest request, AuditEntry entry, Instant now) {
        if (request.keyProof().isEmpty()) {
            return decide(policy, new Asked(identity, request, Optional.empty()), entry, now);
        }
        try {
            return keyProofs
                    .check(request.keyProof().get(), now)
                    .match(
                            proof -> decide(policy, new Asked(identity, request, Optional.of(proof.key())), entry, now),
                            bad -> refuse(entry.detail(bad.what()), KeyProofRefusals.of(bad)));
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    /** @param key whose proof was good */
    private record Asked(Identity identity, MintRequest request, Optional<KeyThumbprint> key) {}

    private MintAnswer decide(Policy policy, Asked asked, AuditEntry entry, Instant now) {
        var identity = asked.identity();
        return watch.time(
                        TimedPart.POLICY,
                        () -> policy.decide(identity, asked.request().task(), now))
                .match(
                        granted -> mint(policy, asked, granted.grant(), entry, now),
                        refused -> refuse(entry.claims(identity), DenialRefusals.of(refused.denial(), entry)));
    }

    private MintAnswer mint(Policy policy, Asked asked, Grant grant, AuditEntry entry, Instant now) {
        var identity = asked.identity();
        var request = asked.request();
        var draft = NewRecord.of(identity, grant, request, asked.key(), now);
        entry.jti(draft.jti()).txn(draft.txn()).rule(grant.rule());
        Watched.note(grant, entry);
        if (grant.server().proof() == KeyProof.REQUIRED && draft.key().isEmpty()) {
            return refuse(entry, KeyProofRefusals.keyRequired());
        }
        var undeliverable = Deliverable.refusal(grant, request);
        if (undeliverable.isPresent()) {
            return refuse(entry, undeliverable.get());
        }
        if (!signing.fits(draft, grant.server().typ())) {
            return refuse(entry, Refusal.of(ErrorCode.INVALID_REQUEST, TOO_LONG, Reason.TOKEN_TOO_LONG));
        }
        var objection = Approving.objection(identity, grant, request);
        if (objection.isPresent()) {
            return refuse(entry, objection.get());
        }
        try {
            return request.dryRun()
                    ? decideOnly(draft, grant, entry, now)
                    : ask(
                            draft,
                            grant,
                            Approving.of(ledger.approvals(), policy, identity, grant, request, now),
                            entry,
                            now);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private MintAnswer decideOnly(TokenRecord draft, Grant grant, AuditEntry entry, Instant now) {
        var block = Block.of(ledger, draft, now);
        if (block.isPresent()) {
            return refuse(entry, block.get().refusal());
        }
        if (isReplay(draft, now)) {
            return refuse(entry, Refusal.badProof(Reason.REPLAYED));
        }
        var over = Watched.enforced(grant, Budgeting.check(ledger, draft, grant.budget(), now), entry);
        if (over.isPresent()) {
            return refuse(entry, over.get());
        }
        audit.accept(entry.end(Outcome.WOULD_GRANT));
        return new MintAnswer.WouldGrant(Approving.needed(grant));
    }

    private boolean isReplay(TokenRecord draft, Instant now) {
        return ledger.find(draft.jti())
                .filter(there -> !LostAnswer.mayBeGivenAgain(draft, there, now))
                .isPresent();
    }

    /** A request that people must approve first comes back for its answer, and its ID token is not used up. */
    private MintAnswer ask(TokenRecord draft, Grant grant, Approving approving, AuditEntry entry, Instant now) {
        if (approving.isNeeded() && isReplay(draft, now)) {
            // Before people are asked, and before their approval is used up.
            return refuse(entry, Refusal.badProof(Reason.REPLAYED));
        }
        var asked = approving.ask(now);
        if (asked instanceof Approving.Asked.Waits waits) {
            return waits.first() ? requested(waits, draft, entry, now) : waiting(waits);
        }
        return asked instanceof Approving.Asked.No no
                ? notApproved(entry, no.refusal(), approving)
                : record(draft, grant, approving, entry, now);
    }

    /** Nobody is asked to approve what a closed run or the deny list forbids. */
    private MintAnswer requested(Approving.Asked.Waits waits, TokenRecord draft, AuditEntry entry, Instant now) {
        var block = Block.of(ledger, draft, now);
        if (block.isPresent()) {
            return refuse(entry, block.get().refusal());
        }
        audit.accept(approvalLines.requested(waits.there(), entry));
        return waiting(waits);
    }

    private static MintAnswer waiting(Approving.Asked.Waits waits) {
        return new MintAnswer.Pending(waits.there(), waits.tooSoon());
    }

    private MintAnswer record(TokenRecord draft, Grant grant, Approving approving, AuditEntry entry, Instant now) {
        var budget = Budgeting.claim(ledger, draft, grant.budget(), now);
        var over = Watched.enforced(grant, budget.refusal(), entry);
        if (over.isPresent()) {
            return refuse(entry, over.get());
        }
        var used = approving.claim(draft, now);
        if (used.isPresent()) {
            return notApproved(entry, used.get(), approving);
        }
        var marked = approving.marked(draft);
        var recorded = grant.server().checks() == Checks.STATUS
                ? marked.withStatus(ledger.statusLists().allot(now))
                : marked;
        var minted = ledger.mint(recorded);
        if (minted instanceof Minted.Existing existing) {
            return repeat(draft, existing.there(), grant, entry, now);
        }
        var lost = Watched.enforced(grant, budget.lost(), entry).or(() -> approving.lost(recorded));
        if (lost.isPresent()) {
            return neverHeld(draft, new Block(lost.get(), Cause.BUDGET), entry, now);
        }
        return sign(recorded, grant, Outcome.GRANTED, entry, now);
    }

    /** The same request may be answered again after its answer was lost; anything else with this proof is a replay. */
    private MintAnswer repeat(TokenRecord asked, TokenRecord there, Grant grant, AuditEntry entry, Instant now) {
        if (!LostAnswer.mayBeGivenAgain(asked, there, now)) {
            return refuse(entry, Refusal.badProof(Reason.REPLAYED));
        }
        return sign(there, grant, Outcome.REPEATED, entry, now);
    }

    /**
     * The control items and the deny list are read after the record is written, and a close of the run writes its
     * control item before it reads the records: so one of the two always sees the other.
     */
    private MintAnswer sign(TokenRecord written, Grant grant, Outcome outcome, AuditEntry entry, Instant now) {
        var signature = signing.begin(written, grant.server().typ());
        var block = Block.of(ledger, written, now);
        if (block.isPresent()) {
            return outcome == Outcome.GRANTED
                    ? neverHeld(written, block.get(), entry, now)
                    : closeOwn(written, block.get(), entry, now);
        }
        try {
            var token = signature.await();
            var held = written.life().unsigned() ? signedAtLast(written, now) : Optional.of(written);
            return held.isPresent()
                    ? granted(token, held.get(), grant, outcome, entry)
                    : refuse(entry, Refusal.badProof(Reason.CLOSED_MEANWHILE));
        } catch (SignerUnavailable outage) {
            if (outcome == Outcome.GRANTED) {
                // A repeat must not: the first answer may have arrived, and its holder's lease must keep running.
                ledger.markUnsigned(written.jti());
            }
            return refuse(entry, Refusal.signerUnavailable());
        }
    }

    /**
     * Closes a token whose first answer is this refusal. It is marked as never signed before, so that it does not use
     * up its run's only token.
     */
    private MintAnswer neverHeld(TokenRecord written, Block block, AuditEntry entry, Instant now) {
        ledger.markUnsigned(written.jti());
        return closeOwn(written, block, entry, now);
    }

    /** Of a repeat, the first answer may have arrived; now its token is dead for its holder, too. */
    private MintAnswer closeOwn(TokenRecord written, Block block, AuditEntry entry, Instant now) {
        var closed = ledger.close(written.jti(), new Closure(now, "issuer", block.cause(), Optional.empty()));
        var line = block.refusal().line(entry);
        audit.accept(line);
        ends.closed(closed.stream().toList(), line);
        return new MintAnswer.Refused(block.refusal(), Optional.empty());
    }

    /**
     * Nobody could hold the token before, so its heartbeat begins now; or has begun a moment ago, when the same client
     * asked twice at once.
     */
    private Optional<TokenRecord> signedAtLast(TokenRecord written, Instant now) {
        ledger.markSigned(written.jti(), now);
        return ledger.find(written.jti())
                .filter(there -> !there.life().unsigned() && there.livenessAt(now) == Liveness.ALIVE);
    }

    private MintAnswer granted(TaskToken token, TokenRecord held, Grant grant, Outcome outcome, AuditEntry entry) {
        entry.expires(held.life().expires());
        held.key().ifPresent(entry::boundTo);
        held.life().lease().ifPresent(lease -> entry.leaseSeconds(lease.toSeconds()));
        audit.accept(entry.end(outcome));
        return new MintAnswer.Granted(token, held, grant.server().delivery().map(Delivery::kind));
    }

    private MintAnswer refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new MintAnswer.Refused(refusal, Optional.empty());
    }

    private MintAnswer notApproved(AuditEntry entry, Refusal refusal, Approving approving) {
        audit.accept(refusal.line(entry));
        return new MintAnswer.Refused(refusal, approving.id());
    }
}
