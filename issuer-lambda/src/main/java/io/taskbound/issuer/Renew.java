// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Renewal;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.Jti;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The heartbeat: extends the lease of a live token, never its expiry. */
public final class Renew {
    private final Ledger ledger;
    private final TaskTokenVerifier tokens;
    private final Consumer<AuditLine> audit;

    public Renew(Ledger ledger, TaskTokenVerifier tokens, Consumer<AuditLine> audit) {
        this.ledger = ledger;
        this.tokens = tokens;
        this.audit = audit;
    }

    public RenewAnswer renew(PresentedText text, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.RENEW, requestId, now);
        var token = tokens.verify(text.text());
        if (token.isEmpty()) {
            return refuse(entry, notAlive(Reason.NOT_OURS));
        }
        try {
            return renew(token.get().jti(), entry.jti(token.get().jti()), now);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private RenewAnswer renew(Jti jti, AuditEntry entry, Instant now) {
        var lookup = ledger.lookUp(jti);
        if (lookup.alive(now).isEmpty()) {
            return refuse(entry, notAlive(Reason.DEAD));
        }
        if (lookup.record().flatMap(record -> record.life().lease()).isEmpty()) {
            return refuse(entry, Refusal.malformed("this token has no lease to renew"));
        }
        if (!(ledger.renew(jti, now) instanceof Renewal.Renewed renewed)) {
            return refuse(entry, notAlive(Reason.DIED_MEANWHILE));
        }
        return left(renewed.after(), entry, now);
    }

    private RenewAnswer left(TokenRecord record, AuditEntry entry, Instant now) {
        var deadline = record.life().leaseDeadline().orElse(record.life().expires());
        var left = Duration.between(now, deadline);
        audit.accept(entry.leaseSeconds(left.toSeconds()).end(Outcome.RENEWED));
        return new RenewAnswer.Renewed(left);
    }

    private static Refusal notAlive(Reason reason) {
        return Refusal.of(ErrorCode.INVALID_GRANT, "the token is not alive", reason);
    }

    private RenewAnswer refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new RenewAnswer.Refused(refusal);
    }
}
