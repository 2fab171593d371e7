// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.ledger.CredentialPhase;
import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.ServerName;
import io.taskbound.token.Jti;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends the foreign credential of a dead token: makes its service revoke it, and writes down what is true of it. Each
 * end is one conditional write, and whoever wins it says so; asking a service twice does no harm.
 */
final class CredentialEnd {
    /** How long a request for a credential takes at most, with all that is asked of services and ledger. */
    static final Duration UNDER_WAY = Duration.ofSeconds(30);

    /** A living token is looked at so often, and a service that did not revoke is asked again. */
    static final Duration AGAIN = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final Delivering delivering;
    private final WindowEnds windows;
    private final Consumer<AuditLine> audit;

    CredentialEnd(CurrentPolicy policy, Ledger ledger, Delivering delivering, Consumer<AuditLine> audit) {
        this.ledger = ledger;
        this.delivering = delivering;
        this.windows = new WindowEnds(policy, ledger, audit);
        this.audit = audit;
    }

    /** What became of one. */
    enum Result {
        /** Nothing to do, or nothing yet. */
        UNCHANGED,
        ENDED,
        /** Nobody knows whether it was made; said once. */
        UNHEARD,
        /** The service, or what opens the record, is out of reach. */
        FAILED
    }

    /**
     * Looks at one credential and does what is due.
     *
     * @param requestId of the request or the sweep, for the audit log
     */
    Result settle(Jti handle, String requestId, Instant now) {
        return begin(handle, requestId, now).finish();
    }

    /** The same, up to where a service has to be asked, which may take ten seconds. */
    Begun begin(Jti handle, String requestId, Instant now) {
        var look = ledger.credentials().look(handle);
        if (look.credential().isEmpty() || look.credential().get().phase().isOver()) {
            return new Begun(Result.UNCHANGED, Optional.empty());
        }
        var token = windows.look(look.token(), requestId, now);
        return begun(new Due(token, look.credential().get(), requestId, now));
    }

    /** What is left to be done about one credential. */
    final class Begun {
        private final Result result;
        private final Optional<Due> revocable;

        private Begun(Result result, Optional<Due> revocable) {
            this.result = result;
            this.revocable = revocable;
        }

        /** Whose service has to be asked; empty when nothing is left. */
        Optional<ServerName> asks() {
            return revocable.map(due -> due.credential().server());
        }

        Result finish() {
            return revocable.map(CredentialEnd.this::revoke).orElse(result);
        }
    }

    private record Due(Lookup token, CredentialRecord credential, String requestId, Instant now) {
        /** A deadline counts after a time of grace, and everything else at once. */
        Optional<TokenRecord> alive(Duration grace) {
            return token.record()
                    .filter(record -> record.livenessAt(now.minus(grace)) == Liveness.ALIVE)
                    .filter(record -> token.denyList().match(record, now).isEmpty());
        }
    }

    private Begun begun(Due due) {
        var credential = due.credential();
        if (!due.now().isBefore(credential.aliveUntil())) {
            return over(end(due, credential.expired(), "expired"));
        }
        if (credential.phase() == CredentialPhase.ASKED) {
            return over(asked(due));
        }
        if (credential.phase() == CredentialPhase.LOST || credential.sealed().isEmpty()) {
            return over(lookAgain(due, credential.aliveUntil()));
        }
        var alive = due.alive(delivering.grace());
        return alive.isPresent()
                ? over(lookAgain(due, soonest(alive.get().life().deadline(), due.now())))
                : new Begun(Result.UNCHANGED, Optional.of(due));
    }

    private Begun over(Result result) {
        return new Begun(result, Optional.empty());
    }

    /** When to look at a living one: in time for its deadline, and for the deny list. */
    Instant soonest(Instant deadline, Instant now) {
        var late = deadline.plus(delivering.grace());
        var usual = now.plus(AGAIN);
        return late.isBefore(usual) ? late : usual;
    }

    private Result asked(Due due) {
        var credential = due.credential();
        var over = credential.asked().plus(UNDER_WAY);
        if (due.now().isBefore(over)) {
            return lookAgain(due, over);
        }
        if (ledger.credentials()
                .write(credential.unheard(), Optional.of(credential))
                .isPresent()) {
            audit.accept(entry(due)
                    .reason(Reason.CREDENTIAL_UNHEARD)
                    .detail("whoever asked for it wrote no answer down; if it was made, nobody can revoke it")
                    .end(Outcome.MISSING));
        }
        return Result.UNHEARD;
    }

    private Result lookAgain(Due due, Instant next) {
        if (!due.credential().look().equals(Optional.of(next))) {
            ledger.credentials().write(due.credential().lookedAt(next), Optional.of(due.credential()));
        }
        return Result.UNCHANGED;
    }

    private Result revoke(Due due) {
        var credential = due.credential();
        var service = delivering.services().of(credential.kind());
        try {
            var revocation = delivering
                    .envelope()
                    .open(credential.handle(), credential.sealed().orElseThrow());
            if (service.isEmpty()) {
                return failed(due, "this issuer knows no service of this kind");
            }
            service.get().revoke(revocation);
        } catch (CredentialUnavailable | SignerUnavailable outage) {
            return failed(due, String.valueOf(outage.getMessage()));
        }
        return end(due, credential.revoked(due.now()), "revoked");
    }

    private Result end(Due due, CredentialRecord ended, String cause) {
        var written = ledger.credentials().write(ended, Optional.of(due.credential()));
        if (written.isEmpty()) {
            return Result.UNCHANGED;
        }
        audit.accept(entry(due).cause(cause, "issuer").end(Outcome.ENDED));
        return Result.ENDED;
    }

    private Result failed(Due due, String why) {
        lookAgain(due, due.now().plus(AGAIN));
        audit.accept(
                entry(due).reason(Reason.CREDENTIAL_UNAVAILABLE).detail(why).end(Outcome.UNAVAILABLE));
        return Result.FAILED;
    }

    private AuditEntry entry(Due due) {
        var credential = due.credential();
        var entry = AuditEntry.begin(Event.CREDENTIAL_END, due.requestId(), due.now())
                .jti(credential.handle())
                .server(credential.server())
                .credential(credential.kind(), credential.aliveUntil())
                .deliveries(credential.deliveries());
        due.token().record().ifPresent(record -> describe(record, entry));
        return entry;
    }

    private static void describe(TokenRecord record, AuditEntry entry) {
        entry.task(record.grant().task()).txn(record.txn()).requester(record.requester());
    }
}
