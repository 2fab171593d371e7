// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.policy.AwsRole;
import io.taskbound.policy.Delivery;
import io.taskbound.policy.GithubApp;
import io.taskbound.policy.Openbao;
import io.taskbound.task.Permission;
import java.util.List;

/** What a foreign service is asked for, worked out from one grant and its resource server's description alone. */
public sealed interface Access permits GithubAccess, AwsAccess, OpenbaoAccess {
    /**
     * All permissions of the grant together, and nothing else.
     *
     * @throws NotDeliverable when no credential of the service is exactly that; nothing was asked of anybody
     */
    static Access of(Delivery delivery, List<Permission> permissions) throws NotDeliverable {
        if (delivery instanceof GithubApp app) {
            return GithubAccess.of(app, permissions);
        }
        if (delivery instanceof AwsRole role) {
            return AwsAccess.of(role, permissions);
        }
        return OpenbaoAccess.of((Openbao) delivery, permissions);
    }
}
