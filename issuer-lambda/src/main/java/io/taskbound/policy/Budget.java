// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.OptionalInt;

/**
 * How many tokens of a task there may be, besides what each of them may do.
 *
 * @param maxLive alive at once, over all runs; empty is unlimited
 * @param maxLivePerRun alive at once in one run; empty is unlimited
 * @param oncePerRun whether a run gets one token of the task, dead or alive, and no other
 */
public record Budget(OptionalInt maxLive, OptionalInt maxLivePerRun, boolean oncePerRun) {
    /** At most, of either limit: each live token is an item of the ledger that the next mint reads. */
    public static final int MAX_LIVE = 100;

    public static final Budget NONE = new Budget(OptionalInt.empty(), OptionalInt.empty(), false);

    /** Whether there is anything to check. */
    public boolean isLimited() {
        return maxLive.isPresent() || maxLivePerRun.isPresent() || oncePerRun;
    }
}
