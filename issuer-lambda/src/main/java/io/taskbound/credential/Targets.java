// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.task.Identifier;
import io.taskbound.task.Permission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The targets of a grant, in its order, each with all the actions that the grant has on it. */
final class Targets {
    private Targets() {}

    static Map<Identifier, SortedSet<String>> of(List<Permission> permissions) {
        var targets = new LinkedHashMap<Identifier, SortedSet<String>>();
        for (var permission : permissions) {
            targets.computeIfAbsent(permission.identifier(), any -> new TreeSet<>())
                    .addAll(permission.actions());
        }
        return targets;
    }
}
