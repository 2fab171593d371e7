// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.policy.AwsRole;
import io.taskbound.task.Permission;
import java.time.Instant;
import java.util.List;

/** A session of one role, narrowed to the targets of one grant. */
public final class AwsAccess implements Access {
    private final AwsRole role;

    AwsAccess(AwsRole role) {
        this.role = role;
    }

    static AwsAccess of(AwsRole role, List<Permission> permissions) throws NotDeliverable {
        throw new NotDeliverable("not built yet");
    }

    public AwsRole role() {
        return role;
    }

    /**
     * The session policy (IAM JSON, at most 2,048 characters): the actions on the targets, and only before this time.
     */
    public String sessionPolicy(Instant notAfter) {
        throw new UnsupportedOperationException("not built yet");
    }
}
