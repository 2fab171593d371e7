// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** Which limit of a task's budget leaves no room for one more token. */
public enum OverBudget {
    /** {@code max_live}: so many tokens of the task are alive, over all runs. */
    TOO_MANY_LIVE,
    /** {@code max_live_per_run}: so many tokens of the task are alive in this run. */
    TOO_MANY_LIVE_IN_RUN,
    /** {@code once_per_run}: this run has had its one token of the task. */
    ONCE_PER_RUN
}
