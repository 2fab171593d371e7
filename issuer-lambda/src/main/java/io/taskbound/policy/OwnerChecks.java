// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Names that begin with an owner: a pattern there lets in whoever registers a name that fits (security R24, R20). */
final class OwnerChecks {
    /** How many segments of a claim name the owner: all, where the owner is all that it names. */
    private static final Map<String, Integer> OWNER_SEGMENTS = Map.of(
            "repository_owner", Integer.MAX_VALUE,
            "organization_slug", Integer.MAX_VALUE,
            "enterprise", Integer.MAX_VALUE,
            "repository", 1,
            "workflow_ref", 1,
            "job_workflow_ref", 1,
            "project_path", 1,
            "namespace_path", 1,
            "ci_config_ref_uri", 2);

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
        int segments = OWNER_SEGMENTS.getOrDefault(condition.name(), 0);
        if (condition.isOn(condition.name()) && startsWithPattern(pattern, segments)) {
            faults.error(
                    Claims.place(claims, condition.name()),
                    "a pattern in the owner's name, which anybody can register a match for",
                    segments == Integer.MAX_VALUE ? "write the owner in full" : "write the owner in full: acme/*");
        }
    }

    private static boolean startsWithPattern(String pattern, int segments) {
        return Arrays.stream(pattern.split("/", -1))
                .limit(segments)
                .anyMatch(segment -> segment.contains("*") || segment.contains("{"));
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
