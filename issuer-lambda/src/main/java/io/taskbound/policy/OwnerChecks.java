// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Profile;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Names that begin with an owner: a pattern there allows anyone who registers a matching name (threat model R24, R20).
 */
final class OwnerChecks {
    private final Faults faults;

    OwnerChecks(Faults faults) {
        this.faults = faults;
    }

    void check(Rule rule, Place claims) {
        for (var condition : rule.conditions()) {
            for (var glob : condition.values().globs()) {
                checkOwner(rule.profile(), condition, glob.toString(), claims);
            }
        }
        checkNames(rule, claims);
    }

    private void checkOwner(Profile profile, Condition condition, String pattern, Place claims) {
        int segments = profile.ownerSegments(condition.name());
        if (condition.isOn(condition.name()) && startsWithPattern(pattern, segments)) {
            faults.error(
                    Claims.place(claims, condition.name()),
                    "a pattern in the owner's name, for which anyone can register a match",
                    segments == Profile.ALL_SEGMENTS ? "write the owner in full" : "write the owner in full: acme/*");
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
        rule.profile().ownable().forEach((name, claim) -> {
            if (!claim.immutable()) {
                idOfName.put(name, claim.id());
            }
        });
        idOfName.forEach((name, id) -> checkName(rule, name, id, claims));
    }

    private void checkName(Rule rule, String name, String id, Place claims) {
        if (!name.equals(id) && rule.on(name).isPresent() && !rule.binds(id)) {
            faults.warning(
                    Claims.place(claims, name),
                    name + " without " + id + ": whoever takes over the name gets in",
                    "add " + id);
        }
    }
}
