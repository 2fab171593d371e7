// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One object of the request's {@code authorization_details}, its form already checked.
 *
 * @param actions what is to be done; empty when the request leaves it to a task that permits one action only
 * @param location the resource server's audience, where the object names it
 * @param identifier the target
 */
public record RequestedPermission(SortedSet<String> actions, Optional<String> location, Identifier identifier) {
    public RequestedPermission {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
    }
}
