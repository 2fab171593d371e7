// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Profile;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

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
                    FaultCode.OWNER_PATTERN,
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
        idOfName.entrySet()
                .removeIf(name -> name.getKey().equals(name.getValue())
                        || rule.on(name.getKey()).isEmpty()
                        || rule.binds(name.getValue()));
        if (!idOfName.isEmpty()) {
            faults.warning(
                    FaultCode.NAME_WITHOUT_ID,
                    Claims.place(claims, idOfName.firstKey()),
                    String.join(" and ", idOfName.keySet()) + " without " + ids(idOfName)
                            + ": whoever takes over the name gets in",
                    "add " + ids(idOfName));
        }
    }

    private static String ids(Map<String, String> idOfName) {
        return String.join(" and ", new TreeSet<>(idOfName.values()));
    }
}
