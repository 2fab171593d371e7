// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Spelling;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The named callers of a table. One may be like another with some claims changed, so that a table stays short. */
final class CallerSets {
    static final String[] FIELDS = {"like", "provider", "claims", "without"};

    private final Map<String, DocumentFields> entries;

    CallerSets(Map<String, DocumentFields> entries) {
        this.entries = entries;
    }

    /** Reads every entry, so that a fault in one that no case uses is found too. */
    void check() {
        entries.forEach((name, fields) -> read(fields, new HashSet<>(Set.of(name))));
    }

    /**
     * Empty, and a fault is added, when the table has no such caller.
     *
     * @param field of the case that names the caller
     */
    Optional<CallerClaims> named(DocumentFields user, String field, String name) {
        return find(user, field, name, new HashSet<>());
    }

    private Optional<CallerClaims> find(DocumentFields user, String field, String name, Set<String> seen) {
        var fields = entries.get(name);
        if (fields == null) {
            user.fault(
                    FaultCode.UNKNOWN_NAME,
                    field,
                    "the table has no caller \"" + name + "\"",
                    Spelling.nearest(name, entries.keySet())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("declare it under callers"));
            return Optional.empty();
        }
        if (!seen.add(name)) {
            user.fault(
                    FaultCode.BAD_VALUE,
                    field,
                    "the caller \"" + name + "\" is like itself",
                    "remove like from one of the callers");
            return Optional.empty();
        }
        return read(fields, seen);
    }

    private Optional<CallerClaims> read(DocumentFields fields, Set<String> seen) {
        var base = fields.text("like")
                .map(like -> find(fields, "like", like, seen))
                .orElse(Optional.of(CallerClaims.NOBODY));
        return base.map(caller -> changed(caller, fields));
    }

    /** What an entry, or a case, changes in a caller. */
    static CallerClaims changed(CallerClaims base, DocumentFields fields) {
        var without = fields.texts("without");
        var claims = fields.mapping("claims");
        without.stream()
                .filter(name -> !base.claims().containsKey(name) || claims.containsKey(name))
                .forEach(name -> fields.fault(
                        FaultCode.UNKNOWN_NAME,
                        "without",
                        "there is no claim \"" + name + "\" to leave out",
                        "name a claim of the caller that this one is like"));
        return base.with(fields.text("provider"), claims, without);
    }
}
