// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.Renewal;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The heartbeat: extends the lease of a live token, never its expiry. Only the client that asked for the token can: it
 * alone has the verifier, so a copied token does not keep itself alive.
 */
public final class Renew {
    private final Ledger ledger;
    private final TaskTokenVerifier tokens;
    private final CredentialEnds credentials;
    private final WindowEnds windows;
    private final Consumer<AuditLine> audit;

    /** @param credentials ends what the token has got, where its window has been closed */
    public Renew(
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            CredentialEnds credentials,
            Consumer<AuditLine> audit) {
        this.ledger = ledger;
        this.tokens = tokens;
        this.credentials = credentials;
        this.windows = new WindowEnds(policy, ledger, audit);
        this.audit = audit;
    }

    public RenewAnswer renew(RenewRequest request, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.RENEW, requestId, now);
        var token = tokens.verify(request.token().text());
        if (token.isEmpty()) {
            return refuse(entry, notAlive(Reason.NOT_OURS));
        }
        try {
            var jti = token.get().jti();
            var found = ledger.lookUp(jti);
            var looked = windows.look(found, requestId, now);
            if (WindowEnds.closed(found, looked)) {
                credentials.of(looked.record().stream().toList(), requestId, now);
            }
            return renew(looked, jti, request.verifier().challenge(), entry.jti(jti), now);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private RenewAnswer renew(Lookup found, Jti jti, HolderChallenge holder, AuditEntry entry, Instant now) {
        var alive = found.alive(now);
        if (alive.isEmpty()) {
            return refuse(entry, Refusal.dead(found, now));
        }
        if (alive.get().life().lease().isEmpty()) {
            return refuse(entry, Refusal.malformed("this token has no lease to renew"));
        }
        if (!alive.get().holder().equals(Optional.of(holder))) {
            return refuse(entry, notItsHolder(alive.get()));
        }
        if (!(ledger.renew(jti, holder, now) instanceof Renewal.Renewed renewed)) {
            return refuse(entry, notAlive(Reason.DIED_MEANWHILE));
        }
        return left(renewed.after(), entry, now);
    }

    private RenewAnswer left(TokenRecord record, AuditEntry entry, Instant now) {
        var deadline = record.life().leaseDeadline().orElse(record.life().expires());
        var left = Duration.between(now, deadline);
        audit.accept(entry.leaseSeconds(left.toSeconds()).end(Outcome.RENEWED));
        return new RenewAnswer.Renewed(left, record.key().isPresent());
    }

    /** RFC 7636 section 4.6: what does not fit is answered like a grant that is none. */
    private static Refusal notItsHolder(TokenRecord record) {
        return record.holder().isPresent()
                ? Refusal.of(
                        ErrorCode.INVALID_GRANT,
                        "the holder_verifier does not belong to this token",
                        Reason.WRONG_HOLDER)
                : Refusal.of(
                        ErrorCode.INVALID_GRANT,
                        "this token cannot be renewed: it was asked for without a holder_challenge",
                        Reason.WITHOUT_HOLDER);
    }

    private static Refusal notAlive(Reason reason) {
        return Refusal.of(ErrorCode.INVALID_GRANT, "the token is not alive", reason);
    }

    private RenewAnswer refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new RenewAnswer.Refused(refusal);
    }
}
