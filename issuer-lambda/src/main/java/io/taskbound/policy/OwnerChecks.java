// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Set;
import java.util.TreeMap;

/** Names that begin with an owner: a pattern there lets in whoever registers a name that fits (security R24, R20). */
final class OwnerChecks {
    /** Claims that hold the owner alone. */
    private static final Set<String> OWNERS =
            Set.of("repository_owner", "organization_slug", "enterprise", "namespace_path");

    /** Claims whose first segment is the owner. */
    private static final Set<String> OWNED = Set.of("repository", "workflow_ref", "job_workflow_ref", "project_path");

    private final Faults faults;

    OwnerChecks(Faults faults) {
        this.faults = faults;
    }

    void check(Rule rule, Place claims) {
        for (var condition : rule.conditions()) {
            for (var glob : condition.values().globs()) {
                checkOwner(condition, glob.toString(), claims);
            }
        }
        checkNames(rule, claims);
    }

    private void checkOwner(Condition condition, String pattern, Place claims) {
        boolean owner = OWNERS.stream().anyMatch(condition::isOn);
        boolean owned = OWNED.stream().anyMatch(condition::isOn);
        int end = pattern.indexOf('/');
        var ownerPart = owned && end >= 0 ? pattern.substring(0, end) : pattern;
        if ((owner || owned) && (ownerPart.contains("*") || ownerPart.contains("{"))) {
            faults.error(
                    Claims.place(claims, condition.name()),
                    "a pattern in the owner's name, which anybody can register a match for",
                    owned ? "write the owner in full: acme/*" : "write the owner in full");
        }
    }

    /** Names are given away and taken over; ids are not. */
    private void checkNames(Rule rule, Place claims) {
        var idOfName = new TreeMap<String, String>();
        rule.profile().project().ifPresent(project -> idOfName.put(project.name(), project.id()));
        rule.profile().ownable().forEach((name, claim) -> idOfName.put(name, claim.id()));
        idOfName.forEach((name, id) -> checkName(rule, name, id, claims));
    }

    private void checkName(Rule rule, String name, String id, Place claims) {
        if (isName(name, id) && rule.on(name).isPresent() && !rule.binds(id)) {
            faults.warning(
                    Claims.place(claims, name),
                    name + " without " + id + ": whoever takes over the name gets in",
                    "add " + id);
        }
    }

    /** An id beside itself needs nothing more, and a commit's hash is nobody's name. */
    private static boolean isName(String claim, String id) {
        return !claim.equals(id) && !claim.equals("sha");
    }
}
