// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Purpose;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.metrics.Stopwatch;
import io.taskbound.metrics.TimedPart;
import io.taskbound.receipt.DsseEnvelope;
import io.taskbound.receipt.ReceiptStatement;
import io.taskbound.token.Jti;
import io.taskbound.token.PresentedToken;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs what the ledger knows of one token: one read and one signature, and nothing changes, but for a token that is
 * seen to have outlived its change window. The holder gets it by the token and the verifier, the run by a handle and an
 * ID token, whose age and single use do not count; the token may be alive or long dead. Whoever is not one of them is
 * told the same as of a token that never was.
 */
public final class Receipts {
    private final String issuer;
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final TaskTokenVerifier tokens;
    private final SigningKeys keys;
    private final Consumer<AuditLine> audit;
    private final Stopwatch watch;
    private final WindowEnds windows;

    /** @param issuer our own issuer URL */
    public Receipts(
            String issuer,
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            SigningKeys keys,
            Consumer<AuditLine> audit,
            Stopwatch watch) {
        this.issuer = issuer;
        this.policy = policy;
        this.ledger = ledger;
        this.tokens = tokens;
        this.keys = keys;
        this.audit = audit;
        this.watch = watch;
        this.windows = new WindowEnds(policy, ledger, audit);
    }

    public ReceiptAnswer receipt(ReceiptRequest request, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.RECEIPT, requestId, now);
        try {
            return request.match(
                    byToken -> byToken(byToken, requestId, entry, now),
                    byHandle -> byHandle(byHandle, requestId, entry.jti(byHandle.handle()), now),
                    byAdmin -> ofHandle(
                            byAdmin.handle(),
                            requestId,
                            entry.jti(byAdmin.handle()).by(byAdmin.by()),
                            now));
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private ReceiptAnswer byToken(ReceiptRequest.ByToken request, String requestId, AuditEntry entry, Instant now) {
        var token = tokens.verify(request.token().text());
        if (token.isEmpty()) {
            return refuse(entry, none(Reason.NOT_OURS));
        }
        var found = ledger.credentials().look(token.get().jti());
        var record = found.token().record();
        var fault = record.isEmpty()
                ? Optional.of(unrecorded(token.get(), now))
                : fault(token.get(), record.get(), request);
        entry.jti(token.get().jti());
        return fault.isPresent()
                ? refuse(entry, none(fault.get()))
                : signed(record.get(), found, requestId, entry, now);
    }

    /** The table's TTL may have deleted the record of a token that expired long ago. */
    private static Reason unrecorded(PresentedToken token, Instant now) {
        return now.isBefore(token.expires()) ? Reason.SIGNED_BUT_UNKNOWN : Reason.UNKNOWN_HANDLE;
    }

    private static Optional<Reason> fault(PresentedToken token, TokenRecord record, ReceiptRequest.ByToken request) {
        if (!TokenLookup.agree(token, record)) {
            return Optional.of(Reason.SIGNED_BUT_UNKNOWN);
        }
        if (record.holder().isEmpty()) {
            return Optional.of(Reason.WITHOUT_HOLDER);
        }
        return record.holder().get().equals(request.verifier().challenge())
                ? Optional.empty()
                : Optional.of(Reason.WRONG_HOLDER);
    }

    private ReceiptAnswer byHandle(ReceiptRequest.ByHandle request, String requestId, AuditEntry entry, Instant now) {
        return policy.now()
                .verifier()
                .verify(request.proof(), new Purpose.Closing(), now)
                .match(
                        verified -> ofOwnRun(request.handle(), verified.identity(), requestId, entry, now),
                        rejected -> refuse(entry, ProofRefusals.of(rejected, entry)),
                        outage -> refuse(entry, ProofRefusals.of(outage, entry)));
    }

    private ReceiptAnswer ofOwnRun(Jti handle, Identity identity, String requestId, AuditEntry entry, Instant now) {
        entry.identity(identity);
        // The handle says which run it belongs to, and the proof says which run calls.
        return handle.run().equals(identity.proof().runKey())
                ? ofHandle(handle, requestId, entry, now)
                : refuse(entry, none(Reason.FOREIGN_RUN));
    }

    private ReceiptAnswer ofHandle(Jti handle, String requestId, AuditEntry entry, Instant now) {
        var found = ledger.credentials().look(handle);
        return found.token().record().isPresent()
                ? signed(found.token().record().get(), found, requestId, entry, now)
                : refuse(entry, none(Reason.UNKNOWN_HANDLE));
    }

    private ReceiptAnswer signed(
            TokenRecord seen, Credentials.Look found, String requestId, AuditEntry entry, Instant now) {
        var record = windows.look(seen, requestId, now);
        entry.task(record.grant().task()).txn(record.txn());
        var statement = ReceiptStatement.of(
                issuer,
                record,
                found.credential(),
                record.grant().approval().flatMap(ledger.approvals()::find),
                found.token().denyList().match(record, now),
                now);
        long begun = watch.start();
        try {
            var envelope = DsseEnvelope.sign(statement, keys.signing());
            audit.accept(entry.end(Outcome.SIGNED));
            return new ReceiptAnswer.Signed(envelope);
        } catch (SignerUnavailable outage) {
            return refuse(entry, Refusal.signerUnavailable());
        } finally {
            watch.stop(TimedPart.SIGNER, begun);
        }
    }

    /** One sentence for every token that the caller has no receipt of, whether it exists or not. */
    private static Refusal none(Reason reason) {
        return Refusal.of(
                ErrorCode.INVALID_GRANT,
                "there is no receipt for this caller: the token or handle is unknown here, or is not the caller's",
                reason);
    }

    private ReceiptAnswer refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new ReceiptAnswer.Refused(refusal);
    }
}
