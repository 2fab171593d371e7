// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who may approve that might not, and the reverse. A group that is new or gone changes nothing by itself: the tasks say
 * whose approval they need.
 */
final class ApproverChanges {
    private ApproverChanges() {}

    static void compare(Optional<List<Approver>> before, Optional<List<Approver>> after, Noted noted) {
        if (before.isEmpty()) {
            after.orElse(List.of()).forEach(approver -> noted.other("are new: " + shown(approver)));
        } else if (after.isEmpty()) {
            noted.other("are gone");
        } else {
            compare(byText(before.get()), byText(after.get()), noted);
        }
    }

    private static void compare(Map<String, Approver> old, Map<String, Approver> now, Noted noted) {
        now.forEach((text, approver) -> {
            if (!old.containsKey(text) && old.values().stream().anyMatch(wider -> approver.within(wider))) {
                noted.other("may still approve: " + shown(approver));
            } else if (!old.containsKey(text)) {
                noted.wider("may approve: " + shown(approver));
            }
        });
        old.forEach((text, approver) -> {
            if (!now.containsKey(text) && now.values().stream().noneMatch(wider -> approver.within(wider))) {
                noted.narrower("may no longer approve, or only some of them: " + shown(approver));
            }
        });
        var kept = new ArrayList<>(old.keySet());
        kept.retainAll(now.keySet());
        var still = new ArrayList<>(now.keySet());
        still.retainAll(old.keySet());
        // The first rule that fits says which person it is.
        if (!kept.equals(still)) {
            noted.wider("are tried in another order, so that one ID token may stand for another person");
        }
    }

    private static Map<String, Approver> byText(List<Approver> approvers) {
        var byText = new LinkedHashMap<String, Approver>();
        approvers.forEach(approver -> byText.put(approver.whole(), approver));
        return byText;
    }

    private static String shown(Approver approver) {
        var words = new StringBuilder(RuleChanges.shown(approver.rule()))
                .append("; the person is named by ")
                .append(Shown.bare(approver.personClaim()));
        var known = new TreeSet<String>();
        approver.knownAs()
                .forEach((provider, claim) -> known.add("and for provider " + provider + " by " + Shown.bare(claim)));
        known.forEach(more -> words.append(", ").append(more));
        var unknown = new TreeSet<String>();
        approver.notKnownAt().forEach(provider -> unknown.add(provider.value()));
        if (!unknown.isEmpty()) {
            words.append(", and nobody can tell who it is at ").append(String.join(", ", unknown));
        }
        return words.toString();
    }
}
