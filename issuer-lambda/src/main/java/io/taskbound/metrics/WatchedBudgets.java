// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.ledger.Budgets;
import io.taskbound.ledger.Claims;
import io.taskbound.ledger.OverBudget;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Budget;
import java.time.Instant;
import java.util.Optional;

/** Budgets that answer as others do, timed as a part of the ledger. */
record WatchedBudgets(Budgets budgets, Stopwatch watch) implements Budgets {
    @Override
    public Claims claim(TokenRecord token, Budget budget, Instant now) {
        return watch.time(TimedPart.LEDGER, () -> budgets.claim(token, budget, now));
    }

    @Override
    public Optional<OverBudget> check(TokenRecord token, Budget budget, Instant now) {
        return watch.time(TimedPart.LEDGER, () -> budgets.check(token, budget, now));
    }

    @Override
    public Optional<OverBudget> lost(Claims claims) {
        return watch.time(TimedPart.LEDGER, () -> budgets.lost(claims));
    }
}
