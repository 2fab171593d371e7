// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.policy.GithubApp;
import io.taskbound.task.Permission;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private static final List<String> LEVELS = List.of("read", "write", "admin");

    public GithubAccess {
        repositories = List.copyOf(repositories);
        permissions = Collections.unmodifiableSortedMap(new TreeMap<>(permissions));
        if (repositories.isEmpty() || permissions.isEmpty()) {
            // GitHub takes an empty list for all that the App has.
            throw new IllegalArgumentException("an access needs a repository and a permission");
        }
    }

    static GithubAccess of(GithubApp app, List<Permission> permissions) throws NotDeliverable {
        var targets = Targets.of(permissions);
        var actions = new HashSet<>(targets.values());
        if (actions.size() > 1) {
            throw new NotDeliverable("a GitHub credential has the same permissions in each of its repositories: request"
                    + " the same actions for every identifier, or ask in two steps");
        }
        var repositories = GithubRepository.all(targets.keySet());
        var owner = repositories.get(0).owner();
        var id = Optional.ofNullable(app.owners().get(owner))
                .orElseThrow(() -> new NotDeliverable("this resource server serves no repository of that owner: request"
                        + " a repository of an owner that it serves, spelt as GitHub spells it"));
        return new GithubAccess(
                app,
                owner,
                id,
                repositories.stream().map(GithubRepository::name).toList(),
                merged(actions.iterator().next()));
    }

    private static SortedMap<String, String> merged(Set<String> actions) throws NotDeliverable {
        var merged = new TreeMap<String, String>();
        for (var action : actions) {
            int colon = action.indexOf(':');
            var level = action.substring(colon + 1);
            if (colon < 1 || !LEVELS.contains(level)) {
                throw new NotDeliverable("an action at this resource server is a GitHub permission and its level:"
                        + " request actions such as contents:read");
            }
            merged.merge(action.substring(0, colon), level, GithubAccess::higher);
        }
        return merged;
    }

    private static String higher(String one, String other) {
        return LEVELS.indexOf(one) > LEVELS.indexOf(other) ? one : other;
    }
}
