// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.identity.IdToken;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Purpose;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.Jti;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Ends tokens (RFC 7009). What we did not sign changes nothing; unknown, foreign, expired and closed tokens are
 * answered like live ones. An ID token proves the caller's run here: it must verify and be unexpired, but its age and
 * single use do not count, and it is not consumed.
 */
public final class Close {
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final TaskTokenVerifier tokens;
    private final Consumer<AuditLine> audit;
    private final Ends ends;
    private final CredentialEnds credentialEnds;

    public Close(
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            CredentialEnds credentialEnds,
            Consumer<AuditLine> audit) {
        this.policy = policy;
        this.ledger = ledger;
        this.tokens = tokens;
        this.audit = audit;
        this.ends = new Ends(audit);
        this.credentialEnds = credentialEnds;
    }

    public CloseAnswer close(CloseRequest request, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.CLOSE, requestId, now);
        try {
            return request.match(
                    byToken -> byToken(byToken.token(), entry.closing("token"), now),
                    byHandle -> proven(
                            byHandle.proof(),
                            entry.closing("handle").jti(byHandle.handle()),
                            now,
                            identity -> byHandle(identity, byHandle.handle(), entry, now)),
                    ofJob -> proven(ofJob.proof(), entry.closing("*"), now, identity -> ofJob(identity, entry, now)),
                    ofRun -> proven(
                            ofRun.proof(), entry.closing("run:*"), now, identity -> ofRun(identity, entry, now)));
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private CloseAnswer byToken(PresentedText text, AuditEntry entry, Instant now) {
        var token = tokens.verify(text.text());
        if (token.isEmpty()) {
            return done(entry.reason(Reason.NOT_OURS), List.of(), now);
        }
        var jti = token.get().jti();
        return done(entry.jti(jti), one(jti, closure(now, Cause.HOLDER)), now);
    }

    private CloseAnswer byHandle(Identity identity, Jti handle, AuditEntry entry, Instant now) {
        // The handle says which run it belongs to, and the proof says which run calls: a foreign handle is ignored.
        if (!handle.run().equals(identity.proof().runKey())) {
            return done(entry.reason(Reason.FOREIGN_RUN), List.of(), now);
        }
        return done(entry, one(handle, closure(now, Cause.HANDLE)), now);
    }

    private CloseAnswer ofJob(Identity identity, AuditEntry entry, Instant now) {
        var job = identity.caller().job();
        var cause = job.isPresent() ? Cause.JOB : Cause.RUN;
        return all(identity, job, closure(now, cause), entry, now);
    }

    private CloseAnswer ofRun(Identity identity, AuditEntry entry, Instant now) {
        return all(identity, Optional.empty(), closure(now, Cause.RUN), entry, now);
    }

    private List<TokenRecord> one(Jti jti, Closure closure) {
        return ledger.close(jti, closure).stream().toList();
    }

    private CloseAnswer all(Identity identity, Optional<String> job, Closure closure, AuditEntry entry, Instant now) {
        var all = ledger.closeAll(identity.proof().runKey(), job, closure, identity.issuedAt());
        if (!all.whole()) {
            entry.detail("more tokens than there was time to write to; the run's closing holds for all");
        }
        return done(entry, all.closed(), now);
    }

    private CloseAnswer proven(
            IdToken proof, AuditEntry entry, Instant now, Function<Identity, CloseAnswer> withIdentity) {
        return policy.now()
                .verifier()
                .verify(proof, new Purpose.Closing(), now)
                .match(
                        verified -> withIdentity.apply(known(verified.identity(), entry)),
                        rejected -> refuse(entry, ProofRefusals.of(rejected, entry)),
                        outage -> refuse(entry, ProofRefusals.of(outage, entry)));
    }

    private static Identity known(Identity identity, AuditEntry entry) {
        entry.identity(identity);
        return identity;
    }

    private static Closure closure(Instant now, Cause cause) {
        return new Closure(now, Closure.HOLDER, cause, Optional.empty());
    }

    private CloseAnswer done(AuditEntry entry, List<TokenRecord> closed, Instant now) {
        long late = closed.stream()
                .filter(token -> token.diedBeforeItWasClosedAt(now))
                .count();
        if (late > 0) {
            entry.late(late);
        }
        var line = entry.count(closed.size()).end(closed.isEmpty() ? Outcome.UNCHANGED : Outcome.CLOSED);
        audit.accept(line);
        ends.closed(closed, line);
        credentialEnds.of(closed, line.requestId(), now);
        return new CloseAnswer.Done();
    }

    private CloseAnswer refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new CloseAnswer.Refused(refusal);
    }
}
