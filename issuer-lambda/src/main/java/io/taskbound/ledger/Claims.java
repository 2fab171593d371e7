// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.Jti;
import java.util.Map;
import java.util.Optional;

/** What a token has claimed of its task's budget: a slot of each limit, or none when one of them had no room. */
public final class Claims {
    private final Jti token;
    private final Optional<OverBudget> refused;
    private final Map<OverBudget, BudgetSlot> slots;

    private Claims(Jti token, Optional<OverBudget> refused, Map<OverBudget, BudgetSlot> slots) {
        this.token = token;
        this.refused = refused;
        this.slots = Map.copyOf(slots);
    }

    /** Of a task that has no limit. */
    public static Claims none(Jti token) {
        return of(token, Map.of());
    }

    static Claims of(Jti token, Map<OverBudget, BudgetSlot> slots) {
        return new Claims(token, Optional.empty(), slots);
    }

    static Claims refused(Jti token, OverBudget limit) {
        return new Claims(token, Optional.of(limit), Map.of());
    }

    public Jti token() {
        return token;
    }

    /** The limit that left no room. */
    public Optional<OverBudget> refused() {
        return refused;
    }

    /** Whether there is nothing that could be lost. */
    public boolean isEmpty() {
        return slots.isEmpty();
    }

    Map<OverBudget, BudgetSlot> slots() {
        return slots;
    }
}
