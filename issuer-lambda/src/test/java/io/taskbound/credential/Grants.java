// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.task.Identifier;
import io.taskbound.task.Permission;
import java.util.List;
import java.util.TreeSet;

/** Permissions as a rule grants them. */
final class Grants {
    private Grants() {}

    static Permission permission(String identifier, String... actions) {
        return new Permission(new TreeSet<>(List.of(actions)), "urn:taskbound:server:s", new Identifier(identifier));
    }
}
