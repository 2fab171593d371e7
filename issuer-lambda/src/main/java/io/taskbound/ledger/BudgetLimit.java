// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.Budget;
import io.taskbound.task.TaskName;
import java.util.ArrayList;
import java.util.List;

/**
 * One limit of a budget, as slots of the table.
 *
 * @param task that it limits
 * @param pk where the slots are
 * @param prefix of their sort keys; the slot's number follows
 * @param slots how many there are
 * @param exceeded what it is called when none is free
 */
record BudgetLimit(TaskName task, String pk, String prefix, int slots, OverBudget exceeded) {
    /** The limits of a task, the one that many share first: it is the likeliest to refuse. */
    static List<BudgetLimit> of(TokenRecord token, Budget budget) {
        var task = token.grant().task();
        var run = Key.run(token.jti().run());
        var limits = new ArrayList<BudgetLimit>();
        budget.maxLive()
                .ifPresent(most ->
                        limits.add(new BudgetLimit(task, Key.LIVE + task, Key.SLOTS, most, OverBudget.TOO_MANY_LIVE)));
        budget.maxLivePerRun()
                .ifPresent(most -> limits.add(
                        new BudgetLimit(task, run, Key.LIVE + task + "#", most, OverBudget.TOO_MANY_LIVE_IN_RUN)));
        if (budget.oncePerRun()) {
            limits.add(new BudgetLimit(task, run, Key.ONCE + task + "#", 1, OverBudget.ONCE_PER_RUN));
        }
        return limits;
    }

    Key slot(int number) {
        return new Key(pk, prefix + number);
    }

    /** Whether a token that has ended still counts. */
    boolean countsTheDead() {
        return exceeded == OverBudget.ONCE_PER_RUN;
    }
}
