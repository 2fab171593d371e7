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
    /** A JWT names one action and one identifier, and two in one would be judged by nobody. */
    static OpenbaoAccess of(Openbao server, List<Permission> permissions) throws NotDeliverable {
        if (permissions.size() != 1 || permissions.get(0).actions().size() != 1) {
            throw new NotDeliverable("a credential of this resource server is for one action on one identifier: request"
                    + " one, and each other one in a step of its own");
        }
        var permission = permissions.get(0);
        if (permission.identifier().value().contains("+")) {
            throw new NotDeliverable(
                    "an identifier of this resource server has no +, which stands for any part of a path"
                            + " in policies of OpenBao");
        }
        return new OpenbaoAccess(server, permission.actions().first(), permission.identifier());
    }
}
