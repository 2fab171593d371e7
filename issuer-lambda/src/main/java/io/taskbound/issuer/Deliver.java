// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.credential.Access;
import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.credential.NotDeliverable;
import io.taskbound.ledger.CredentialPhase;
import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Delivery;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.PresentedToken;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands out a foreign service's own credential for a task token, to its holder alone. Each step leaves what it did: the
 * delivery is counted, then it is written that the service will be asked, then the service is asked, then what revoking
 * needs is written, and then the token is looked at once more. So whoever closes the token meanwhile finds the
 * credential, or this request finds the token closed.
 */
public final class Deliver {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final TaskTokenVerifier tokens;
    private final Delivering delivering;
    private final Consumer<AuditLine> audit;
    private final CredentialEnd ending;
    private final WindowEnds windows;

    public Deliver(
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            Delivering delivering,
            Consumer<AuditLine> audit) {
        this.policy = policy;
        this.ledger = ledger;
        this.tokens = tokens;
        this.delivering = delivering;
        this.audit = audit;
        this.windows = new WindowEnds(policy, ledger, audit);
        this.ending = new CredentialEnd(policy, ledger, delivering, audit);
    }

    /** Never throws for what a caller or an outage can do; hands out nothing then. */
    public CredentialAnswer deliver(CredentialRequest request, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.CREDENTIAL, requestId, now);
        long began = System.nanoTime();
        try {
            var wanted = wanted(request, requestId, entry, now);
            var credential = fetch(wanted, entry);
            // The service may have taken seconds, and the lease may be over.
            requireAlive(wanted, requestId, now.plusNanos(System.nanoTime() - began));
            audit.accept(entry.end(Outcome.DELIVERED));
            boolean refreshed = credential.revocation().isEmpty() && !request.fixed();
            return new CredentialAnswer.Delivered(
                    wanted.delivery().kind(),
                    credential,
                    refreshed,
                    wanted.token().grant().details().json());
        } catch (Stopped stopped) {
            stopped.detail.ifPresent(entry::detail);
            return refuse(entry, stopped.refusal);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    /** A live token of this holder, and what is to be fetched for it. */
    private record Wanted(
            TokenRecord token,
            Optional<CredentialRecord> seen,
            HolderChallenge holder,
            Delivery delivery,
            Access access,
            CredentialOrder order) {
        Instant now() {
            return order.now();
        }
    }

    private Wanted wanted(CredentialRequest request, String requestId, AuditEntry entry, Instant now) throws Stopped {
        var token = tokens.verify(request.token().text());
        if (token.isEmpty()) {
            throw new Stopped(notAlive(Reason.NOT_OURS));
        }
        var look = ledger.credentials().look(token.get().jti());
        entry.jti(token.get().jti());
        var holder = request.verifier().challenge();
        var found = windows.look(look.token(), requestId, now);
        if (WindowEnds.closed(look.token(), found)) {
            ending.settle(token.get().jti(), requestId, now);
        }
        var record = held(token.get(), found, holder, now);
        var current = policy.now().policy();
        entry.task(record.grant().task())
                .txn(record.txn())
                .server(record.grant().server())
                .policy(current.version());
        var delivery = current.server(record.grant().server())
                .filter(server -> server.audience().equals(record.grant().audience()))
                .flatMap(server -> server.delivery())
                .orElseThrow(() -> new Stopped(Refusal.of(
                        ErrorCode.INVALID_REQUEST,
                        "the resource server of this token takes the token itself; there is no credential to fetch",
                        Reason.NO_CREDENTIAL)));
        return new Wanted(
                record, look.credential(), holder, delivery, access(delivery, record), order(record, request, now));
    }

    private static TokenRecord held(PresentedToken token, Lookup found, HolderChallenge holder, Instant now)
            throws Stopped {
        var alive = found.alive(now);
        if (alive.isEmpty()) {
            boolean unknown = found.record().isEmpty() && now.isBefore(token.expires());
            throw new Stopped(unknown ? notAlive(Reason.SIGNED_BUT_UNKNOWN) : Refusal.dead(found, now));
        }
        if (!TokenLookup.agree(token, alive.get())) {
            throw new Stopped(notAlive(Reason.SIGNED_BUT_UNKNOWN));
        }
        if (!alive.get().holder().equals(Optional.of(holder))) {
            throw new Stopped(Refusal.of(
                    ErrorCode.INVALID_GRANT, "the holder_verifier does not belong to this token", Reason.WRONG_HOLDER));
        }
        return alive.get();
    }

    private static Access access(Delivery delivery, TokenRecord record) throws Stopped {
        try {
            return Access.of(delivery, record.grant().details().permissions());
        } catch (NotDeliverable policyChanged) {
            throw new Stopped(Refusal.of(
                    ErrorCode.INVALID_TARGET, String.valueOf(policyChanged.getMessage()), Reason.CREDENTIAL_REFUSED));
        }
    }

    private static CredentialOrder order(TokenRecord record, CredentialRequest request, Instant now) {
        var expires = record.life().expires();
        var dead = request.fixed() ? expires : record.life().leaseDeadline().orElse(expires);
        return new CredentialOrder(record.jti(), record.grant().task(), record.requester(), now, dead, expires);
    }

    private ForeignCredential fetch(Wanted wanted, AuditEntry entry) throws Stopped {
        boolean counted = Credentials.isCounted(wanted.token())
                || ledger.credentials()
                        .count(wanted.token(), wanted.holder(), wanted.now())
                        .isPresent();
        if (!counted) {
            throw new Stopped(notAlive(Reason.DIED_MEANWHILE));
        }
        var asked = announce(wanted);
        entry.credential(asked.kind(), asked.aliveUntil());
        var credential = issue(wanted, asked);
        var kept = keep(wanted, asked, credential);
        entry.credential(kept.kind(), kept.aliveUntil()).deliveries(kept.deliveries());
        return credential;
    }

    /** Writes down that the service will be asked, and until when what it makes may be alive. */
    private CredentialRecord announce(Wanted wanted) throws Stopped {
        var until = delivering.services().mayLiveUntil(wanted.access(), wanted.order());
        var look = wanted.now().plus(CredentialEnd.UNDER_WAY);
        if (wanted.seen().isEmpty()) {
            return write(
                    CredentialRecord.asking(wanted.token(), wanted.delivery().kind(), wanted.now(), until, look),
                    Optional.empty());
        }
        var seen = wanted.seen().get();
        if (!seen.kind().equals(wanted.delivery().kind())) {
            // What one kind has made, another cannot end.
            throw new Stopped(Refusal.of(
                    ErrorCode.INVALID_TARGET,
                    "the policy has changed the kind of this resource server; request a new token",
                    Reason.CREDENTIAL_REFUSED));
        }
        if (seen.phase() == CredentialPhase.ASKED
                && wanted.now().isBefore(seen.asked().plus(CredentialEnd.UNDER_WAY))) {
            throw underWay();
        }
        if (isRefreshed(seen)) {
            return write(seen.refreshed(until), wanted.seen());
        }
        replaced(seen);
        return write(seen.askingAgain(wanted.now(), until, look), wanted.seen());
    }

    /** One that nobody can revoke, and of which the holder fetches the next before it dies. */
    private static boolean isRefreshed(CredentialRecord seen) {
        return seen.phase() == CredentialPhase.DELIVERED && seen.sealed().isEmpty();
    }

    /** The holder has not got the one that was made, or lost it; there are never two. */
    private void replaced(CredentialRecord seen) throws Stopped {
        if (seen.sealed().isEmpty()) {
            return;
        }
        var service = delivering.services().of(seen.kind());
        try {
            var revocation =
                    delivering.envelope().open(seen.handle(), seen.sealed().get());
            if (service.isPresent()) {
                service.get().revoke(revocation);
            }
        } catch (CredentialUnavailable outage) {
            throw new Stopped(outage);
        } catch (SignerUnavailable outage) {
            throw new Stopped(Refusal.signerUnavailable());
        }
    }

    private CredentialRecord write(CredentialRecord next, Optional<CredentialRecord> seen) throws Stopped {
        return ledger.credentials().write(next, seen).orElseThrow(Deliver::underWay);
    }

    private ForeignCredential issue(Wanted wanted, CredentialRecord asked) throws Stopped {
        try {
            return delivering.services().issue(wanted.access(), wanted.order());
        } catch (CredentialRefused refused) {
            notMade(asked);
            throw new Stopped(
                    Refusal.of(
                            ErrorCode.INVALID_TARGET, String.valueOf(refused.getMessage()), Reason.CREDENTIAL_REFUSED),
                    Optional.of(refused.detail()));
        } catch (CredentialUnavailable outage) {
            if (!outage.mayHaveBeenDone()) {
                notMade(asked);
            }
            throw new Stopped(outage);
        }
    }

    /** If this cannot be written, the sweeper says that it may have been made: more than is true, never less. */
    private void notMade(CredentialRecord asked) {
        if (asked.phase() == CredentialPhase.ASKED) {
            ledger.credentials().write(asked.notMade(), Optional.of(asked));
        }
    }

    /** Whatever cannot be written down must not be handed out. */
    private CredentialRecord keep(Wanted wanted, CredentialRecord asked, ForeignCredential credential) throws Stopped {
        if (asked.phase() == CredentialPhase.DELIVERED) {
            return asked;
        }
        try {
            var sealed = seal(wanted, credential);
            var look = sealed.isPresent() ? ending.soonest(wanted.order().dead(), wanted.now()) : credential.until();
            return write(asked.delivered(credential.until(), sealed, look), Optional.of(asked));
        } catch (Stopped | LedgerUnavailable unwritten) {
            drop(asked, credential);
            throw unwritten;
        } catch (SignerUnavailable unsealed) {
            drop(asked, credential);
            throw new Stopped(Refusal.signerUnavailable());
        }
    }

    private Optional<String> seal(Wanted wanted, ForeignCredential credential) throws SignerUnavailable {
        if (credential.revocation().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(delivering
                .envelope()
                .seal(wanted.token().jti(), credential.revocation().get()));
    }

    /** Nobody gets it. If its service does not revoke it now, the sweeper says until when it may be alive. */
    private void drop(CredentialRecord asked, ForeignCredential credential) {
        var service = delivering.services().of(asked.kind());
        if (service.isEmpty() || credential.revocation().isEmpty()) {
            return;
        }
        try {
            service.get().revoke(credential.revocation().get());
            notMade(asked);
        } catch (CredentialUnavailable | LedgerUnavailable saidBySweeper) {
            return;
        }
    }

    private void requireAlive(Wanted wanted, String requestId, Instant later) throws Stopped {
        var handle = wanted.token().jti();
        var found = ledger.credentials().look(handle).token();
        if (windows.look(found, requestId, later.truncatedTo(ChronoUnit.MILLIS))
                .alive(later)
                .isEmpty()) {
            ending.settle(handle, requestId, later.truncatedTo(ChronoUnit.MILLIS));
            throw new Stopped(notAlive(Reason.DIED_MEANWHILE));
        }
    }

    private static Refusal notAlive(Reason reason) {
        return Refusal.of(ErrorCode.INVALID_GRANT, "the token is not alive", reason);
    }

    private static Stopped underWay() {
        return new Stopped(Refusal.unavailable(Reason.CREDENTIAL_UNDER_WAY, SOON));
    }

    private CredentialAnswer refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new CredentialAnswer.Refused(refusal);
    }

    /** Ends the request with a refusal; never leaves this class. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;
        private final transient Optional<String> detail;

        Stopped(Refusal refusal) {
            this(refusal, Optional.empty());
        }

        Stopped(Refusal refusal, Optional<String> detail) {
            super(null, null, false, false);
            this.refusal = refusal;
            this.detail = detail;
        }

        Stopped(CredentialUnavailable outage) {
            this(
                    Refusal.unavailable(
                            Reason.CREDENTIAL_UNAVAILABLE,
                            outage.retryAfter()
                                    .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                                    .orElse(SOON)),
                    Optional.of(String.valueOf(outage.getMessage())));
        }
    }
}
