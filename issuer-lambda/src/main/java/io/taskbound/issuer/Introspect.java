// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Liveness;
import io.taskbound.policy.ResourceServer;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells a resource server whether a token is alive (RFC 7662). Anything but a live token of that very server is
 * answered with {@code {"active":false}} alone; so is a limited token whose server must redeem, because a look would
 * let it work without its use being counted.
 */
public final class Introspect {
    private final CurrentPolicy policy;
    private final TokenLookup sightings;
    private final Consumer<AuditLine> audit;

    /** @param executor where signatures are checked while the ledger is asked */
    public Introspect(
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            Executor executor,
            Consumer<AuditLine> audit) {
        this.policy = policy;
        this.sightings = new TokenLookup(tokens, ledger, executor);
        this.audit = audit;
    }

    public TokenState introspect(
            Optional<ServerCredentials> credentials, PresentedText text, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.INTROSPECT, requestId, now);
        var server = credentials.flatMap(
                presented -> presented.authenticate(policy.now().policy()));
        if (server.isEmpty()) {
            return refuse(entry, Refusal.badCredentials());
        }
        try {
            return introspect(server.get(), text, entry.server(server.get().name()), now);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private TokenState introspect(ResourceServer server, PresentedText text, AuditEntry entry, Instant now) {
        var found = sightings.find(text, server, entry, now);
        if (found.isEmpty()) {
            return inactive(entry);
        }
        var record = found.get().record();
        var liveness = record.livenessAt(now);
        if (found.get().denied() || liveness != Liveness.ALIVE) {
            return inactive(entry.reason(
                    found.get().denied() ? "denied" : liveness.name().toLowerCase(Locale.ROOT)));
        }
        // Only a server that redeems gets limited tokens; a later policy must not turn the limit into none.
        if (record.maxUses().isPresent()) {
            return inactive(entry.reason("must_redeem"));
        }
        audit.accept(entry.end(Outcome.ACTIVE));
        return new TokenState.Active(record, Optional.empty());
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
