// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.dpop.BadProof;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.ResourceServer;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells a resource server whether a token is alive (RFC 7662). Anything but a live token for exactly that server is
 * answered with {@code {"active":false}} and nothing more; so is a limited token whose server must redeem, because
 * introspection does not count uses.
 */
public final class Introspect {
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final TokenLookup lookup;
    private final Executor executor;
    private final WindowEnds windows;
    private final Consumer<AuditLine> audit;

    /** @param executor where signatures are checked while the ledger is asked */
    public Introspect(
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            Executor executor,
            Consumer<AuditLine> audit) {
        this.policy = policy;
        this.ledger = ledger;
        this.executor = executor;
        this.lookup = new TokenLookup(tokens, ledger, executor);
        this.windows = new WindowEnds(policy, ledger, audit);
        this.audit = audit;
    }

    /** @param keyProof where the server leaves it to us to check the proof of the token's key */
    public TokenState introspect(
            Optional<ServerCredentials> credentials,
            PresentedText text,
            Optional<PresentedProof> keyProof,
            String requestId,
            Instant now) {
        var entry = AuditEntry.begin(Event.INTROSPECT, requestId, now);
        var current = policy.now().policy();
        var server = credentials.flatMap(presented -> presented.authenticate(current));
        if (server.isEmpty()) {
            var named = credentials.flatMap(presented -> presented.named(current));
            named.ifPresent(entry::server);
            return refuse(entry, Refusal.badCredentials(named));
        }
        try {
            var proof = ProofOfUse.begin(keyProof, ledger.keyProofs(), executor);
            return introspect(
                    server.get(),
                    text,
                    proof,
                    requestId,
                    entry.server(server.get().name()),
                    now);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private TokenState introspect(
            ResourceServer server,
            PresentedText text,
            ProofOfUse proof,
            String requestId,
            AuditEntry entry,
            Instant now) {
        var found = lookup.find(text, server, entry, now);
        if (found.isEmpty()) {
            return inactive(entry);
        }
        var record = windows.look(found.get().record(), requestId, now);
        var death = found.get().denied() ? Optional.of(Reason.DENIED) : death(record, now);
        if (death.isPresent()) {
            return inactive(entry.reason(death.get()));
        }
        // Only a server that redeems gets limited tokens; a later policy must not turn the limit into none.
        if (record.uses().max().isPresent()) {
            return inactive(entry.reason(Reason.MUST_REDEEM));
        }
        // Without one, the server checks the proof itself (RFC 9449 section 6.2).
        var fault = proof.isThere() ? fault(proof, text, record, server, now) : Optional.<BadProof>empty();
        if (fault.isPresent()) {
            audit.accept(entry.reason(KeyProofRefusals.reason(fault.get()))
                    .detail("the proof " + fault.get().what())
                    .end(Outcome.INACTIVE));
            return new TokenState.Inactive(Optional.of(KeyProofRefusals.why(fault.get())), proof.nonce(record, now));
        }
        audit.accept(entry.end(Outcome.ACTIVE));
        return new TokenState.Active(record, Optional.empty(), proof.nonce(record, now));
    }

    private static Optional<BadProof> fault(
            ProofOfUse proof, PresentedText text, TokenRecord record, ResourceServer server, Instant now) {
        return proof.fault(text, record, server, now)
                .or(() -> proof.usedBefore(record, UseKey.of(server.name(), Optional.empty()), now));
    }

    static Optional<Reason> death(TokenRecord record, Instant now) {
        return record.endedByItsWindow(now) ? Optional.of(Reason.WINDOW) : death(record.livenessAt(now));
    }

    private static Optional<Reason> death(Liveness liveness) {
        return switch (liveness) {
            case ALIVE -> Optional.empty();
            case CLOSED -> Optional.of(Reason.CLOSED);
            case REVOKED -> Optional.of(Reason.REVOKED);
            case SPENT -> Optional.of(Reason.SPENT);
            case LAPSED -> Optional.of(Reason.LAPSED);
            case EXPIRED -> Optional.of(Reason.EXPIRED);
        };
    }

    private TokenState inactive(AuditEntry entry) {
        audit.accept(entry.end(Outcome.INACTIVE));
        return TokenState.Inactive.SILENT;
    }

    private TokenState refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new TokenState.Refused(refusal);
    }
}
