// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditLine;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.TokenRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends tokens whose change window the policy in force has closed: a window that ends earlier than when they were
 * granted, has moved, or is gone. Whoever looks at a token asks here, and whoever notices first writes the end.
 */
final class WindowEnds {
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final Ends ends;

    WindowEnds(CurrentPolicy policy, Ledger ledger, Consumer<AuditLine> audit) {
        this.policy = policy;
        this.ledger = ledger;
        this.ends = new Ends(audit);
    }

    /**
     * The token as it stands now: the same while its window is open, or if it is dead; else ended.
     *
     * @param requestId of the request or the sweep that looks
     */
    TokenRecord look(TokenRecord token, String requestId, Instant now) {
        return isOver(token, now) || mayLive(token, now) ? token : end(token, requestId, now);
    }

    /** The same of what was found. */
    Lookup look(Lookup found, String requestId, Instant now) {
        return new Lookup(found.record().map(token -> look(token, requestId, now)), found.denyList());
    }

    /** Whether this look has ended what was found alive. */
    static boolean closed(Lookup found, Lookup looked) {
        return !found.record().equals(looked.record());
    }

    /** A spent one is not: it answers the repetition of a use. */
    private static boolean isOver(TokenRecord token, Instant now) {
        var liveness = token.livenessAt(now);
        return liveness != Liveness.ALIVE && liveness != Liveness.SPENT;
    }

    private TokenRecord end(TokenRecord token, String requestId, Instant now) {
        var closure = new Closure(now, Closure.POLICY, Cause.WINDOW, Optional.empty());
        var closed = ledger.close(token.jti(), closure);
        closed.filter(ended -> !ended.endedByItsLastUse()).ifPresent(ended -> ends.ended(ended, requestId, now));
        // Somebody else may have ended it meanwhile; dead it is.
        return closed.or(() -> ledger.find(token.jti()))
                .filter(there -> isOver(there, now))
                .orElseGet(() -> token.closed(closure));
    }

    private boolean mayLive(TokenRecord token, Instant now) {
        var grant = token.grant();
        // Another instance may have put a newer version in force already; this one follows within a minute.
        return policy.isBehind(grant.policy())
                || policy.now().policy().mayBeAlive(grant.task(), grant.window().isPresent(), now);
    }
}
