// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.approval.ApprovalId;
import io.taskbound.policy.Grant;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.status.StatusEntry;
import io.taskbound.task.GrantedDetails;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.window.OpenWindow;
import java.util.Optional;

/**
 * What a token permits, and where.
 *
 * @param details the permitted combinations
 * @param server the one resource server
 * @param audience its audience
 * @param policy which policy allowed it
 * @param status where its end is published, for a server that reads status lists
 * @param window the change window in which it was granted, for a task that has windows
 * @param approval what people approved before it was granted
 */
public record RecordedGrant(
        TaskName task,
        GrantedDetails details,
        ServerName server,
        String audience,
        PolicyVersion policy,
        Optional<StatusEntry> status,
        Optional<OpenWindow> window,
        Optional<ApprovalId> approval) {
    public RecordedGrant {
        if (audience.isEmpty()) {
            throw new IllegalArgumentException("audience must not be empty");
        }
    }

    public static RecordedGrant of(Grant grant) {
        return new RecordedGrant(
                grant.task(),
                GrantedDetails.of(grant.task(), grant.permissions()),
                grant.server().name(),
                grant.server().audience(),
                grant.policy(),
                Optional.empty(),
                grant.window(),
                Optional.empty());
    }

    /** The same, published there. */
    RecordedGrant withStatus(StatusEntry entry) {
        return new RecordedGrant(task, details, server, audience, policy, Optional.of(entry), window, approval);
    }

    /** The same, as these people approved it. */
    RecordedGrant withApproval(ApprovalId id) {
        return new RecordedGrant(task, details, server, audience, policy, status, window, Optional.of(id));
    }
}
