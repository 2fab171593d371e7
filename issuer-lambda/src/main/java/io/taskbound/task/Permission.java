// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One permitted combination: these actions on this target at this resource server.
 *
 * @param actions at least one
 * @param location the resource server's audience
 * @param identifier the target
 */
public record Permission(SortedSet<String> actions, String location, Identifier identifier) {
    public Permission {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a permission needs at least one action");
        }
    }

    public boolean permits(String action, Identifier target) {
        return identifier.equals(target) && actions.contains(action);
    }
}
