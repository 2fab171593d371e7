// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Reason;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.ResourceServer;
import io.taskbound.token.PresentedToken;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Looks a presented token up for a resource server. The verified token only finds the record and must agree with it; a
 * good signature without its record is the sign of a stolen signing key, and raises {@code signed-but-unknown}.
 */
final class TokenLookup {
    private final TaskTokenVerifier tokens;
    private final Ledger ledger;
    private final Executor executor;

    /** @param executor where signatures are checked while the ledger is asked */
    TokenLookup(TaskTokenVerifier tokens, Ledger ledger, Executor executor) {
        this.tokens = tokens;
        this.ledger = ledger;
        this.executor = executor;
    }

    /** What was found; every absence has its reason in the audit entry. */
    record Found(PresentedToken token, TokenRecord record, boolean denied) {}

    Optional<Found> find(PresentedText text, ResourceServer server, AuditEntry entry, Instant now) {
        var unverified = tokens.read(text.text());
        if (unverified.isEmpty()) {
            return notOurs(entry);
        }
        // Checking a signature takes about as long as asking the ledger, and a look changes nothing: so both at once.
        var verifying = CompletableFuture.supplyAsync(
                unverified.get()::prove, unverified.get().isProvenAlready() ? Runnable::run : executor);
        var lookup = ledger.lookUp(unverified.get().jti());
        var token = verifying.join();
        return token.isEmpty()
                ? notOurs(entry)
                : agreeing(token.get(), lookup, entry.jti(token.get().jti()), now)
                        .filter(found -> isFor(server, found.record(), entry));
    }

    private static Optional<Found> notOurs(AuditEntry entry) {
        entry.reason(Reason.NOT_OURS);
        return Optional.empty();
    }

    private static Optional<Found> agreeing(PresentedToken token, Lookup lookup, AuditEntry entry, Instant now) {
        if (lookup.record().isEmpty()) {
            // The table's TTL may have deleted an expired record; that does not raise an alarm.
            entry.reason(now.isBefore(token.expires()) ? Reason.SIGNED_BUT_UNKNOWN : Reason.EXPIRED);
            return Optional.empty();
        }
        var record = lookup.record().get();
        entry.task(record.grant().task()).txn(record.txn());
        if (!agree(token, record)) {
            entry.reason(Reason.SIGNED_BUT_UNKNOWN).detail("the token differs from its record");
            return Optional.empty();
        }
        return Optional.of(
                new Found(token, record, lookup.denyList().match(record, now).isPresent()));
    }

    /** The token only finds the record; where the two differ, neither is believed. */
    static boolean agree(PresentedToken token, TokenRecord record) {
        return token.jti().equals(record.jti())
                && token.audience().equals(record.grant().audience())
                && token.expires().equals(record.life().expires())
                && token.key().equals(record.key())
                && JsonText.canonical(token.authorizationDetails())
                        .equals(record.grant().details().text());
    }

    private static boolean isFor(ResourceServer server, TokenRecord record, AuditEntry entry) {
        if (record.grant().server().equals(server.name())
                && record.grant().audience().equals(server.audience())) {
            return true;
        }
        entry.reason(Reason.OTHER_RESOURCE_SERVER);
        return false;
    }
}
