// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import io.taskbound.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

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
            noted.wider("is new: at most " + lifetime(task) + ", uses " + uses(task) + ", lease " + lease(task)
                    + ", budget " + budget(task) + ", windows " + windows(task) + enforced(task));
            permitted(task).forEach(permission -> noted.wider("permits " + permission));
            RuleChanges.admitted(task).forEach(rule -> noted.wider("lets in " + rule));
        } else {
            noted.narrower("is gone");
        }
    }

    private void compare() {
        var old = permitted(before);
        var now = permitted(after);
        now.stream().filter(added -> !old.contains(added)).forEach(added -> noted.wider("permits " + added));
        old.stream().filter(gone -> !now.contains(gone)).forEach(gone -> noted.narrower("does not permit " + gone));
        RuleChanges.compare(before, after, noted);
        limits();
        if (!before.description().equals(after.description())) {
            noted.other("another description");
        }
    }

    private void limits() {
        noted.step(
                after.limits().maxLifetime().compareTo(before.limits().maxLifetime()),
                "max_lifetime",
                lifetime(before),
                lifetime(after));
        noted.step(
                Integer.compare(
                        most(after.limits().maxUses()), most(before.limits().maxUses())),
                "max_uses",
                uses(before),
                uses(after));
        noted.step(
                longestLease(after.limits().lease())
                        .compareTo(longestLease(before.limits().lease())),
                "lease",
                lease(before),
                lease(after));
        budget(before.limits().budget(), after.limits().budget());
        windows(before.limits().windows(), after.limits().windows());
        noted.step(
                Boolean.compare(before.limits().enforced(), after.limits().enforced()),
                EnforceReader.ENFORCE,
                String.valueOf(before.limits().enforced()),
                String.valueOf(after.limits().enforced()));
    }

    /** The times in which the task may be done are compared, not how they are written. */
    private void windows(Windows old, Windows now) {
        if (old.equals(now)) {
            return;
        }
        var words = "windows " + windows(before) + " -> " + windows(after);
        if (!old.cover(now)) {
            noted.wider(words);
        } else if (now.cover(old)) {
            noted.other(words);
        } else {
            noted.narrower(words);
        }
    }

    private void budget(Budget old, Budget now) {
        noted.step(
                Integer.compare(most(now.maxLive()), most(old.maxLive())),
                BudgetReader.MAX_LIVE,
                number(old.maxLive()),
                number(now.maxLive()));
        noted.step(
                Integer.compare(most(now.maxLivePerRun()), most(old.maxLivePerRun())),
                BudgetReader.MAX_LIVE_PER_RUN,
                number(old.maxLivePerRun()),
                number(now.maxLivePerRun()));
        noted.step(
                Boolean.compare(old.oncePerRun(), now.oncePerRun()),
                BudgetReader.ONCE_PER_RUN,
                String.valueOf(old.oncePerRun()),
                String.valueOf(now.oncePerRun()));
    }

    private static Set<String> permitted(Task task) {
        var permitted = new LinkedHashSet<String>();
        for (var server : task.servers()) {
            for (var permission : task.at(server)) {
                for (var action : permission.actions()) {
                    permission
                            .identifiers()
                            .forEach(target -> permitted.add(Shown.text(action) + " on " + Shown.text(target.toString())
                                    + " at " + server.name()));
                }
            }
        }
        return permitted;
    }

    /** Without a limit, more than any. */
    private static int most(OptionalInt limit) {
        return limit.orElse(Integer.MAX_VALUE);
    }

    /** Without a lease of the policy's a client need not send heartbeats. */
    private static Duration longestLease(Optional<Duration> lease) {
        return lease.orElse(Duration.ofSeconds(Long.MAX_VALUE));
    }

    private static String lifetime(Task task) {
        return DurationText.of(task.limits().maxLifetime());
    }

    private static String uses(Task task) {
        return number(task.limits().maxUses());
    }

    private static String number(OptionalInt limit) {
        return limit.isPresent() ? String.valueOf(limit.getAsInt()) : "unlimited";
    }

    private static String budget(Task task) {
        var budget = task.limits().budget();
        var words = new ArrayList<String>();
        budget.maxLive().ifPresent(most -> words.add("max_live " + most));
        budget.maxLivePerRun().ifPresent(most -> words.add("max_live_per_run " + most));
        if (budget.oncePerRun()) {
            words.add("once_per_run");
        }
        return words.isEmpty() ? "none" : String.join(" and ", words);
    }

    private static String windows(Task task) {
        return task.limits().windows().toString();
    }

    private static String enforced(Task task) {
        return task.limits().enforced() ? "" : ", not enforced";
    }

    private static String lease(Task task) {
        return task.limits().lease().map(DurationText::of).orElse("none");
    }
}
