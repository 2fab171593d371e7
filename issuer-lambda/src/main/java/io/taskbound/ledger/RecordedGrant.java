// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.Grant;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.GrantedDetails;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;

/**
 * What a token permits, and where.
 *
 * @param details the permitted combinations
 * @param server the one resource server
 * @param audience its audience
 * @param policy which policy allowed it
 */
public record RecordedGrant(
        TaskName task, GrantedDetails details, ServerName server, String audience, PolicyVersion policy) {
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
                grant.policy());
    }
}
