// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.time.Duration;
import java.util.List;

/**
 * Who must approve a declaration of a task before there is a token for it.
 *
 * @param by the names of groups of {@code approvers}; a member of any of them counts
 * @param count how many different people
 * @param within how long after it was requested it may be approved and used
 */
public record Approval(List<String> by, int count, Duration within) {
    /** People approve one thing; more of them than that are a committee. */
    public static final int MOST_PEOPLE = 5;

    public Approval {
        by = List.copyOf(by);
    }
}
