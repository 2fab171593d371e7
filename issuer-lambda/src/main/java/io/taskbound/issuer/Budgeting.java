// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.Claims;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Budget;
import java.time.Instant;
import java.util.Optional;

/**
 * What a mint has claimed of its task's budget, before its record is written: a budget that is used up must not use up
 * the proof. A task without limits costs no request.
 */
final class Budgeting {
    private final Ledger ledger;
    private final Claims claims;

    private Budgeting(Ledger ledger, Claims claims) {
        this.ledger = ledger;
        this.claims = claims;
    }

    static Budgeting claim(Ledger ledger, TokenRecord draft, Budget budget, Instant now) {
        return new Budgeting(
                ledger, budget.isLimited() ? ledger.budgets().claim(draft, budget, now) : Claims.none(draft.jti()));
    }

    /** The refusal that a dry run gets; best effort, because it claims nothing. */
    static Optional<Refusal> check(Ledger ledger, TokenRecord draft, Budget budget, Instant now) {
        return budget.isLimited()
                ? ledger.budgets().check(draft, budget, now).map(Refusal::overBudget)
                : Optional.empty();
    }

    Optional<Refusal> refusal() {
        return claims.refused().map(Refusal::overBudget);
    }

    /**
     * To be asked once the record is written. A mint that stood still for half a minute may have lost its place to
     * another; then its own record must be closed, so that nobody ever holds its token.
     */
    Optional<Refusal> lost() {
        return claims.isEmpty()
                ? Optional.empty()
                : ledger.budgets().lost(claims).map(Refusal::overBudget);
    }
}
