// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import io.taskbound.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** How long, how often and by whose approval, that is more than before or less. */
final class LimitChanges {
    private final TaskLimits before;
    private final TaskLimits after;
    private final Noted noted;

    LimitChanges(TaskLimits before, TaskLimits after, Noted noted) {
        this.before = before;
        this.after = after;
        this.noted = noted;
    }

    void compare() {
        noted.step(
                after.maxLifetime().compareTo(before.maxLifetime()),
                "a token may live longer: ",
                "a token may not live as long: ",
                "max_lifetime",
                DurationText.of(before.maxLifetime()),
                DurationText.of(after.maxLifetime()));
        noted.step(
                Integer.compare(most(after.maxUses()), most(before.maxUses())),
                "each target may be used more often: ",
                "each target may not be used as often: ",
                "max_uses",
                number(before.maxUses()),
                number(after.maxUses()));
        noted.step(
                longest(after.lease()).compareTo(longest(before.lease())),
                "a token lives longer without heartbeats: ",
                "a token needs heartbeats more often: ",
                "lease",
                before.lease().map(DurationText::of).orElse("none"),
                after.lease().map(DurationText::of).orElse("none"));
        budget(before.budget(), after.budget());
        approval();
        windows(before.windows(), after.windows());
        noted.step(
                Boolean.compare(before.enforced(), after.enforced()),
                "its windows, approval and budget are only watched, and keep nobody out: ",
                "its windows, approval and budget are enforced again: ",
                EnforceReader.ENFORCE,
                String.valueOf(before.enforced()),
                String.valueOf(after.enforced()));
    }

    /** The times in which the task may be done are compared, not how they are written. */
    private void windows(Windows old, Windows now) {
        if (old.equals(now)) {
            return;
        }
        var words = WindowsReader.WINDOWS + " " + old + " -> " + now;
        if (!old.cover(now)) {
            noted.wider("it may be done at other times: " + words);
        } else if (now.cover(old)) {
            noted.other(words);
        } else {
            noted.narrower("it may be done at fewer times: " + words);
        }
    }

    private void budget(Budget old, Budget now) {
        noted.step(
                Integer.compare(most(now.maxLive()), most(old.maxLive())),
                "more tokens may be alive at once: ",
                "fewer tokens may be alive at once: ",
                BudgetReader.MAX_LIVE,
                number(old.maxLive()),
                number(now.maxLive()));
        noted.step(
                Integer.compare(most(now.maxLivePerRun()), most(old.maxLivePerRun())),
                "more tokens of one run may be alive at once: ",
                "fewer tokens of one run may be alive at once: ",
                BudgetReader.MAX_LIVE_PER_RUN,
                number(old.maxLivePerRun()),
                number(now.maxLivePerRun()));
        noted.step(
                Boolean.compare(old.oncePerRun(), now.oncePerRun()),
                "a run may get more than one token: ",
                "a run gets one token and no other: ",
                BudgetReader.ONCE_PER_RUN,
                String.valueOf(old.oncePerRun()),
                String.valueOf(now.oncePerRun()));
    }

    private void approval() {
        if (before.approval().isEmpty()) {
            after.approval().ifPresent(now -> noted.narrower("needs an approval now: " + shown(now)));
        } else if (after.approval().isEmpty()) {
            noted.wider("no longer needs an approval; it needed "
                    + shown(before.approval().get()));
        } else {
            approval(before.approval().get(), after.approval().get());
        }
    }

    private void approval(Approval old, Approval now) {
        var groups = new LinkedHashSet<>(now.by());
        groups.removeAll(old.by());
        groups.forEach(group -> noted.wider("people of " + Shown.bare(group) + " may approve it, too"));
        var gone = new LinkedHashSet<>(old.by());
        gone.removeAll(now.by());
        gone.forEach(group -> noted.narrower("people of " + Shown.bare(group) + " may no longer approve it"));
        noted.step(
                Integer.compare(old.count(), now.count()),
                "fewer people must approve it: ",
                "more people must approve it: ",
                "count",
                Integer.toString(old.count()),
                Integer.toString(now.count()));
        noted.step(
                now.within().compareTo(old.within()),
                "people have more time to approve it: ",
                "people have less time to approve it: ",
                "within",
                DurationText.of(old.within()),
                DurationText.of(now.within()));
    }

    /** All of a new task's limits. */
    static String shown(TaskLimits limits) {
        var words = new ArrayList<String>();
        words.add("at most " + DurationText.of(limits.maxLifetime()));
        words.add("uses " + number(limits.maxUses()));
        words.add("lease " + limits.lease().map(DurationText::of).orElse("none"));
        words.add("budget " + shown(limits.budget()));
        words.add("windows " + limits.windows());
        words.add("approval " + limits.approval().map(LimitChanges::shown).orElse("none"));
        if (!limits.enforced()) {
            words.add("only watched and not enforced");
        }
        return String.join(", ", words);
    }

    private static String shown(Approval approval) {
        return "by " + approval.count() + " of "
                + approval.by().stream().map(Shown::bare).collect(Collectors.joining(" or ")) + " within "
                + DurationText.of(approval.within());
    }

    private static String shown(Budget budget) {
        var words = new ArrayList<String>();
        budget.maxLive().ifPresent(most -> words.add("max_live " + most));
        budget.maxLivePerRun().ifPresent(most -> words.add("max_live_per_run " + most));
        if (budget.oncePerRun()) {
            words.add("once_per_run");
        }
        return words.isEmpty() ? "none" : String.join(" and ", words);
    }

    /** Without a limit, more than any. */
    private static int most(OptionalInt limit) {
        return limit.orElse(Integer.MAX_VALUE);
    }

    /** Without a lease of the policy's a client need not send heartbeats. */
    private static Duration longest(Optional<Duration> lease) {
        return lease.orElse(Duration.ofSeconds(Long.MAX_VALUE));
    }

    private static String number(OptionalInt limit) {
        return limit.isPresent() ? String.valueOf(limit.getAsInt()) : "unlimited";
    }
}
