// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import java.util.Optional;
import java.util.TreeSet;

/** What may be done, on what, by whom, for how long and how often, that might not before; and the reverse. */
final class TaskChanges {
    private final Task before;
    private final Task after;
    private final Noted noted;

    private TaskChanges(Task before, Task after, Noted noted) {
        this.before = before;
        this.after = after;
        this.noted = noted;
    }

    static void compare(Optional<Task> before, Optional<Task> after, Noted noted) {
        if (before.isPresent() && after.isPresent()) {
            new TaskChanges(before.get(), after.get(), noted).compare();
        } else if (after.isPresent()) {
            var task = after.get();
            noted.wider("is new: " + LimitChanges.shown(task.limits()));
            PermittedTargets.of(task).words().forEach(permission -> noted.wider("permits " + permission));
            RuleChanges.admitted(task).forEach(rule -> noted.wider("lets in " + rule));
        } else {
            noted.narrower("is gone");
        }
    }

    private void compare() {
        PermittedTargets.compare(before, after, noted);
        RuleChanges.compare(before, after, noted);
        values();
        new LimitChanges(before.limits(), after.limits(), noted).compare();
        if (!before.description().equals(after.description())) {
            noted.other("another description");
        }
    }

    /** Whoever lacks a value that the task's targets need is refused, whatever he asks for. */
    private void values() {
        missing(before, after)
                .forEach(variable -> noted.wider("lets in callers without a value for ${" + variable
                        + "}, too: none of its targets needs one any more"));
        missing(after, before)
                .forEach(variable -> noted.narrower(
                        "lets in only callers with a value for ${" + variable + "}: one of its targets needs it now"));
    }

    /** Variables that one task's targets have, and the other's have not, and that a caller might lack. */
    private static Iterable<String> missing(Task of, Task in) {
        var missing = new TreeSet<String>();
        for (var variable : of.variables()) {
            if (!in.variables().contains(variable)
                    && of.rules().stream().anyMatch(entry -> !entry.rule().lets(variable))) {
                missing.add(variable);
            }
        }
        return missing;
    }
}
