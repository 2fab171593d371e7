// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** What happens to a request that a task's windows, approval or budget would refuse. Rules and targets always count. */
public enum Enforcement {
    /** It is refused. */
    ENFORCED,
    /** It is granted, and the audit log says what would have refused it: {@code enforce: false}. */
    WATCHED,
    /** The same, and no window of the task is open, or not long enough. */
    WATCHED_OUTSIDE_WINDOW;

    /** Whether what would refuse a request is only written down. */
    public boolean isWatched() {
        return this != ENFORCED;
    }
}
