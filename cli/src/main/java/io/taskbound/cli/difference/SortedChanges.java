// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import io.taskbound.policy.Change;
import io.taskbound.policy.Change.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes by what they do to access. */
final class SortedChanges {
    private final List<Change> all;

    SortedChanges(List<Change> all) {
        this.all = List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Change> wider() {
        return of(Effect.WIDER);
    }

    List<Change> narrower() {
        return of(Effect.NARROWER);
    }

    /** Those that change no decision by themselves. */
    List<Change> others() {
        return of(Effect.OTHER);
    }

    private List<Change> of(Effect effect) {
        return all.stream().filter(change -> change.effect() == effect).toList();
    }

    /** {@code 2 changes widen access, 1 narrows it.} */
    String summary() {
        if (all.isEmpty()) {
            return "No decision changes.";
        }
        int wide = wider().size();
        int narrow = narrower().size();
        if (wide == 0) {
            return narrow == 0
                    ? "No change widens or narrows access."
                    : "No change widens access; " + narrow + (narrow == 1 ? " narrows it." : " narrow it.");
        }
        return wide
                + (wide == 1 ? " change widens access" : " changes widen access")
                + (narrow == 0 ? "." : ", " + narrow + (narrow == 1 ? " narrows it." : " narrow it."));
    }

    /** The changes of each subject together, in the order in which they come. */
    static Map<String, List<Change>> bySubject(List<Change> changes) {
        var bySubject = new LinkedHashMap<String, List<Change>>();
        changes.forEach(change -> bySubject
                .computeIfAbsent(change.subject(), any -> new ArrayList<>())
                .add(change));
        return bySubject;
    }
}
