// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Provider;
import io.taskbound.task.HookName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A hook by which a CI system tells that a job or a run has ended. Its secret proves who calls; these ids say of whose
 * runs the caller may speak.
 *
 * @param provider whose ID tokens name the runs that it ends
 * @param owner the immutable id of the owner or organization, where it is bound
 * @param projects the immutable ids of repositories, projects or pipelines; empty where the owner alone is bound
 */
public record Hook(HookName name, Provider provider, Optional<String> owner, Set<String> projects) {
    public Hook {
        projects = Set.copyOf(projects);
        if (owner.isEmpty() && projects.isEmpty()) {
            throw new IllegalArgumentException("a hook must be bound to an owner or to projects");
        }
    }

    /** Whether an event of this owner and project is one that this hook may send. */
    public boolean admits(Optional<String> eventOwner, String project) {
        return (owner.isEmpty() || owner.equals(eventOwner)) && (projects.isEmpty() || projects.contains(project));
    }

    /** What it is bound to, for people: always in the same order. */
    String bound() {
        var projectsOnly = projects.isEmpty()
                ? "all of its projects"
                : "projects " + PolicyDifference.listed(new TreeSet<>(projects));
        return owner.map(id -> "owner " + Shown.text(id) + ", " + projectsOnly).orElse(projectsOnly);
    }
}
