// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.policy.Openbao;
import io.taskbound.task.Identifier;
import io.taskbound.task.Permission;
import java.util.List;

/**
 * A login for one action on one target; what that opens, the service's own policies say.
 *
 * @param server where to log in
 */
public record OpenbaoAccess(Openbao server, String action, Identifier identifier) implements Access {
    static OpenbaoAccess of(Openbao server, List<Permission> permissions) throws NotDeliverable {
        throw new NotDeliverable("not built yet");
    }
}
