// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.window.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

/** Limits of a task in words that fit into a sentence. */
final class LimitWords {
    private LimitWords() {}

    /** {@code 2 different people of release-managers or owners must approve it, within 30m}. */
    static String people(Approval approval) {
        var groups = approval.by().stream().map(Shown::bare).collect(Collectors.joining(" or "));
        return (approval.count() == 1 ? "A person of " : approval.count() + " different people of ") + groups
                + " must approve each request, within " + DurationText.of(approval.within());
    }

    static String open(Windows windows, Instant now) {
        var until = windows.openUntil(now);
        if (until.isPresent()) {
            return "It may be done only in its change windows (" + windows + "): one is open until " + until.get();
        }
        return "It may be done only in its change windows (" + windows + "): none is open, and "
                + windows.nextOpening(now)
                        .map(opening -> "the next opens at " + opening)
                        .orElse("none will open within two years");
    }

    /** Empty where there is no budget. */
    static Optional<String> budget(Budget budget) {
        var words = new ArrayList<String>();
        budget.maxLive().ifPresent(most -> words.add("at most " + tokens(most) + " of it may be alive at once"));
        budget.maxLivePerRun().ifPresent(most -> words.add("at most " + tokens(most) + " of one run"));
        if (budget.oncePerRun()) {
            words.add("a run gets one token of it and no other");
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(capital(String.join(", ", words)));
    }

    static String times(int number) {
        return number == 1 ? "one use" : number + " uses";
    }

    private static String tokens(int number) {
        return number == 1 ? "one token" : number + " tokens";
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
