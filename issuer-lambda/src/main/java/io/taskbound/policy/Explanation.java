// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.Permission;
import io.taskbound.task.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a request is allowed or refused, rule by rule; for people who may read the policy. It grants nothing: it is not a
 * {@link Grant}.
 *
 * @param known whether the catalogue has the task
 * @param nearest what was missing in the rule that came closest, if no rule allows the request
 * @param wanted what a token would be for, if a rule allows the request
 * @param windows how the task's windows stand, where it has any
 * @param fragment the fragment of the policy that the task stands in
 */
public record Explanation(
        TaskName task,
        boolean known,
        boolean allowed,
        List<RuleTrace> rules,
        Optional<NearestMiss> nearest,
        Optional<Wanted> wanted,
        Optional<WindowsNow> windows,
        Optional<String> fragment) {
    /**
     * What the first rule that allows it would permit.
     *
     * @param permissions actions filled in
     * @param patterns where the identifier patterns stand in the document that permit it, as JSON pointers (RFC 6901)
     */
    public record Wanted(ResourceServer server, List<Permission> permissions, Terms terms, List<String> patterns) {
        public Wanted {
            permissions = List.copyOf(permissions);
            patterns = List.copyOf(patterns);
        }
    }

    /**
     * On which terms a token would be granted, as in a {@link Grant}.
     *
     * @param maxUses uses of each permission by itself; empty is unlimited
     * @param lease empty where no lease runs
     * @param approval who must approve it before
     */
    public record Terms(
            Duration lifetime, OptionalInt maxUses, Optional<Duration> lease, Optional<Approval> approval) {}

    public Explanation {
        rules = List.copyOf(rules);
    }

    static Explanation unknownTask(TaskName task) {
        return new Explanation(
                task, false, false, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The whole trace for a terminal: printable ASCII but for what the policy itself says. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(allowed ? "ALLOWED  " + task : "REFUSED  " + task + reason());
        for (var rule : rules) {
            lines.add("  rule " + rule.number() + " (" + rule.label() + ") " + (rule.allows() ? "allows" : "does not"));
            rule.findings().forEach(finding -> lines.add("    " + finding.text()));
        }
        fragment.ifPresent(name -> lines.add("  the task stands in the fragment " + name));
        windows.ifPresent(now -> lines.add("  " + now.text()));
        return lines;
    }

    private String reason() {
        if (wanted.isPresent()) {
            return windows.map(now -> "  a rule allows it, but " + now.text()).orElse("");
        }
        return known ? nearest.map(miss -> "  " + miss.text()).orElse("  it has no rules") : "  no task has this name";
    }
}
