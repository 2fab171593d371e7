// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.dpop.BadProof;
import io.taskbound.issuer.RedeemRequest.Repeat;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.Redemption;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.ResourceServer;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Lets a resource server do one thing for the holder of a token: active only if the token permits exactly that action
 * on exactly that target, and the use is counted in the same write that checks everything else.
 */
public final class Redeem {
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final TokenLookup lookup;
    private final Executor executor;
    private final Consumer<AuditLine> audit;
    private final Ends ends;
    private final WindowEnds windows;

    /** @param executor where signatures are checked while the ledger is asked */
    public Redeem(
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            Executor executor,
            Consumer<AuditLine> audit) {
        this.policy = policy;
        this.ledger = ledger;
        this.lookup = new TokenLookup(tokens, ledger, executor);
        this.executor = executor;
        this.audit = audit;
        this.ends = new Ends(audit);
        this.windows = new WindowEnds(policy, ledger, audit);
    }

    public TokenState redeem(
            Optional<ServerCredentials> credentials, RedeemRequest request, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.REDEEM, requestId, now)
                .use(request.action(), request.identifier().value());
        var current = policy.now().policy();
        var server = credentials.flatMap(presented -> presented.authenticate(current));
        if (server.isEmpty()) {
            var named = credentials.flatMap(presented -> presented.named(current));
            named.ifPresent(entry::server);
            return refuse(entry, Refusal.badCredentials(named));
        }
        try {
            return redeem(
                    server.get(), request, requestId, entry.server(server.get().name()), now);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    /** For a server that has proved itself. An outage is thrown, and no line of it is written. */
    TokenState redeem(ResourceServer server, RedeemRequest request, String requestId, AuditEntry entry, Instant now) {
        var proof = ProofOfUse.begin(request.proof(), ledger.keyProofs(), executor);
        var found = lookup.find(request.token(), server, entry, now);
        if (found.isEmpty()) {
            audit.accept(entry.end(Outcome.INACTIVE));
            return TokenState.Inactive.SILENT;
        }
        if (found.get().denied()) {
            return inactive(TokenState.Why.CLOSED, entry.detail(Reason.DENIED.wire()));
        }
        var record = windows.look(found.get().record(), requestId, now);
        // First of all: whoever has copied the token learns nothing else about it.
        var fault = proof.fault(request.token(), record, server, now);
        if (fault.isPresent()) {
            return notProven(fault.get(), proof.nonce(record, now), entry);
        }
        var object = record.grant().details().indexOf(request.action(), request.identifier());
        if (object.isEmpty()) {
            return inactive(TokenState.Why.NOT_PERMITTED, entry);
        }
        if (record.livenessAt(now) == Liveness.CLOSED) {
            // Perhaps by its run alone, of which the write below knows nothing.
            return inactive(record.endedByItsWindow(now) ? TokenState.Why.WINDOW : TokenState.Why.CLOSED, entry);
        }
        var useKey = UseKey.of(server.name(), request.useId());
        var replayed = proof.usedBefore(record, useKey, now);
        if (replayed.isPresent()) {
            return notProven(replayed.get(), proof.nonce(record, now), entry);
        }
        var redemption = ledger.redeem(record, object.getAsInt(), request.action(), useKey, now);
        var state = answer(redemption, request.repeat(), proof.nonce(record, now), entry, now);
        if (redemption instanceof Redemption.First first
                && first.after().life().end().isPresent()) {
            ends.ended(first.after(), requestId, now);
        }
        return state;
    }

    private TokenState answer(
            Redemption redemption, Repeat allowed, Optional<String> nonce, AuditEntry entry, Instant now) {
        return redemption.match(
                first -> active(first.after(), true, nonce, entry),
                repeat -> allowed == Repeat.ALLOWED
                        ? active(repeat.there(), false, nonce, entry)
                        : inactive(TokenState.Why.REPEAT, entry),
                refused -> inactive(
                        refused.there().endedByItsWindow(now) ? TokenState.Why.WINDOW : why(refused.why()), entry),
                // The record was there a moment ago: only the table's TTL or an operator takes one away.
                unknown -> inactive(TokenState.Why.EXPIRED, entry.detail("the record is gone")));
    }

    private static TokenState.Why why(Redemption.Why why) {
        return switch (why) {
            case EXPIRED -> TokenState.Why.EXPIRED;
            case CLOSED -> TokenState.Why.CLOSED;
            case LAPSED -> TokenState.Why.LAPSED;
            case SPENT -> TokenState.Why.SPENT;
            case NOT_PERMITTED -> TokenState.Why.NOT_PERMITTED;
        };
    }

    private TokenState active(TokenRecord record, boolean firstUse, Optional<String> nonce, AuditEntry entry) {
        record.uses().sumLeft().ifPresent(entry::usesLeft);
        audit.accept(entry.firstUse(firstUse).end(Outcome.ACTIVE));
        return new TokenState.Active(record, Optional.of(firstUse), nonce);
    }

    private TokenState inactive(TokenState.Why why, AuditEntry entry) {
        why.reason().ifPresent(entry::reason);
        audit.accept(entry.end(Outcome.INACTIVE));
        return new TokenState.Inactive(Optional.of(why), Optional.empty());
    }

    /** Nothing was counted. */
    private TokenState notProven(BadProof bad, Optional<String> nonce, AuditEntry entry) {
        audit.accept(entry.reason(KeyProofRefusals.reason(bad))
                .detail("the proof " + bad.what())
                .end(Outcome.INACTIVE));
        return new TokenState.Inactive(Optional.of(KeyProofRefusals.why(bad)), nonce);
    }

    private TokenState refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new TokenState.Refused(refusal);
    }
}
