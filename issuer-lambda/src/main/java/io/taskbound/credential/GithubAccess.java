// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.policy.GithubApp;
import io.taskbound.task.Permission;
import java.util.List;
import java.util.SortedMap;

/**
 * One installation's repositories, and the same permissions in each.
 *
 * @param owner the login that the identifiers name
 * @param ownerId its immutable id
 * @param repositories names without their owner, at least one
 * @param permissions {@code read}, {@code write} or {@code admin} by GitHub's name of the permission, at least one
 */
public record GithubAccess(
        GithubApp app, String owner, String ownerId, List<String> repositories, SortedMap<String, String> permissions)
        implements Access {
    static GithubAccess of(GithubApp app, List<Permission> permissions) throws NotDeliverable {
        throw new NotDeliverable("not built yet");
    }
}
