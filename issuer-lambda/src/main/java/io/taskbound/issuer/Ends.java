// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.TokenRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * Says of each token that it has ended: one line, by the request or the sweep whose write was the end. Whoever dies
 * between that write and this line takes the line along; the record keeps the end.
 */
final class Ends {
    private final Consumer<AuditLine> audit;

    Ends(Consumer<AuditLine> audit) {
        this.audit = audit;
    }

    /** Of these, which a closing has just closed, those that it also ended: a spent token had ended before. */
    void closed(Collection<TokenRecord> tokens, AuditLine closing) {
        tokens.stream()
                .filter(token -> !token.endedByItsLastUse())
                .forEach(token -> ended(token, closing.requestId(), closing.at()));
    }

    /** @param token its end has just been written by the caller */
    void ended(TokenRecord token, String requestId, Instant now) {
        var end = token.life().end().orElseThrow();
        audit.accept(begin(Event.ENDED, token, end, requestId, now)
                .life(token.life().issued(), end.at(), token.life().expires())
                .uses(token.uses().count())
                .end(Outcome.ENDED));
        if (token.missedItsClose()) {
            audit.accept(begin(Event.MISSING_CLOSE, token, end, requestId, now).end(Outcome.MISSING));
        }
    }

    private static AuditEntry begin(Event event, TokenRecord token, Closure end, String requestId, Instant now) {
        var grant = token.grant();
        return AuditEntry.begin(event, requestId, now)
                .task(grant.task())
                .jti(token.jti())
                .txn(token.txn())
                .server(grant.server())
                .requester(token.requester())
                .cause(end.cause().wire(), end.by());
    }
}
