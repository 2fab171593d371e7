// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a fragment may reach at most.
 *
 * @param prefix that the names of its tasks and callers begin with
 * @param allow rules of which each rule of the fragment must ask all that one asks
 * @param permissions targets and actions within which the fragment's must be
 * @param maxUses most uses; empty where the cap does not say
 * @param lease the longest lease, which each task must have; empty where the cap does not say
 * @param approvalCount how many people must approve at least, where it wants an approval
 * @param approval groups of approvers of whom each task must name one or more and no other; empty where it need not
 */
record Cap(
        String prefix,
        List<Rule> allow,
        List<TaskPermission> permissions,
        Duration maxLifetime,
        OptionalInt maxUses,
        Optional<Duration> lease,
        int approvalCount,
        List<String> approval) {
    Cap {
        allow = List.copyOf(allow);
        permissions = List.copyOf(permissions);
        approval = List.copyOf(approval);
    }
}
