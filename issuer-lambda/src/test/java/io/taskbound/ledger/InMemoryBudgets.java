// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.Budget;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Budgets in the simplest form: under one lock, what counts is counted. */
final class InMemoryBudgets implements Budgets {
    private final InMemoryLedger ledger;
    private final Map<Jti, Claimed> claims = new LinkedHashMap<>();

    private record Claimed(TokenRecord token, Instant at) {}

    InMemoryBudgets(InMemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public synchronized Claims claim(TokenRecord token, Budget budget, Instant now) {
        var over = check(token, budget, now);
        if (over.isEmpty()) {
            claims.put(token.jti(), new Claimed(token, now));
        }
        return over.map(limit -> Claims.refused(token.jti(), limit)).orElseGet(() -> Claims.none(token.jti()));
    }

    @Override
    public synchronized Optional<OverBudget> check(TokenRecord token, Budget budget, Instant now) {
        if (budget.maxLive().isPresent()
                && others(token, false, false, now) >= budget.maxLive().getAsInt()) {
            return Optional.of(OverBudget.TOO_MANY_LIVE);
        }
        if (budget.maxLivePerRun().isPresent()
                && others(token, true, false, now) >= budget.maxLivePerRun().getAsInt()) {
            return Optional.of(OverBudget.TOO_MANY_LIVE_IN_RUN);
        }
        return budget.oncePerRun() && others(token, true, true, now) > 0
                ? Optional.of(OverBudget.ONCE_PER_RUN)
                : Optional.empty();
    }

    private long others(TokenRecord asking, boolean ofRun, boolean dead, Instant now) {
        long written = ledger.all().stream()
                .filter(token -> isOther(token, asking, ofRun))
                .filter(token -> isAlive(token, now) || (dead && !token.life().unsigned()))
                .count();
        long unwritten = claims.values().stream()
                .filter(claim -> isOther(claim.token(), asking, ofRun))
                .filter(claim -> ledger.find(claim.token().jti()).isEmpty())
                .filter(claim -> !now.isAfter(claim.at().plus(UNWRITTEN)))
                .count();
        return written + unwritten;
    }

    private boolean isAlive(TokenRecord token, Instant now) {
        return token.livenessAt(now) == Liveness.ALIVE
                && ledger.denyList().match(token, now).isEmpty();
    }

    private static boolean isOther(TokenRecord token, TokenRecord asking, boolean ofRun) {
        return !token.jti().equals(asking.jti())
                && token.grant().task().equals(asking.grant().task())
                && (!ofRun || token.jti().run().equals(asking.jti().run()));
    }

    /** Nobody can take what was claimed under the lock and is asked for at once. */
    @Override
    public Optional<OverBudget> lost(Claims claims) {
        return Optional.empty();
    }
}
