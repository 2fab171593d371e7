// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.task.Permission;
import io.taskbound.task.TaskRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One request against one task. One rule must admit the caller and permit all that is asked for: what two rules would
 * permit together is refused.
 */
final class RuleMatching {
    private static final int MOST_WEIGHED = 16;

    private final PolicyVersion version;
    private final Task task;
    private final Caller caller;
    private final TaskRequest request;
    private final Instant now;
    private final Optional<ResourceServer> server;

    /** For a decision, or an explanation of one, at {@code now}: windows open and close. */
    RuleMatching(PolicyVersion version, Task task, Caller caller, TaskRequest request, Instant now) {
        this.version = version;
        this.task = task;
        this.caller = caller;
        this.request = request;
        this.now = now;
        this.server = task.server(request.audience());
    }

    Decision decide() {
        for (int position : task.index().candidates(caller)) {
            var entry = task.rules().get(position);
            if (!entry.rule().admits(caller)) {
                continue;
            }
            if (server.isEmpty()) {
                return refused(Denial.Kind.WRONG_TARGET_SERVER);
            }
            var permissions = permissions(entry.rule(), server.get());
            if (permissions.isPresent()) {
                return grant(entry, server.get(), permissions.get());
            }
        }
        return refused(Denial.Kind.NOT_ALLOWED);
    }

    private Optional<List<Permission>> permissions(Rule rule, ResourceServer at) {
        return rule.values(task.variables(), caller)
                .flatMap(values -> new TargetCheck(task, at, values).permissions(request));
    }

    private Decision grant(AllowedRule entry, ResourceServer at, List<Permission> permissions) {
        var limits = task.limits();
        var window = limits.windows().openAt(now);
        boolean outside = !limits.windows().isEmpty() && window.isEmpty();
        if (limits.enforced() && outside) {
            return refusedByTheClock(Denial.Kind.OUTSIDE_WINDOW);
        }
        boolean ends = window.filter(open -> TaskLimits.isTooShort(open, now)).isPresent();
        if (limits.enforced() && ends) {
            return refusedByTheClock(Denial.Kind.WINDOW_ENDS);
        }
        var lifetime = limits.lifetime(request.lifetime());
        return new Decision.Granted(new Grant(
                task.name(),
                permissions,
                at,
                lifetime,
                limits.maxUses(at),
                limits.lease(request.lease(), lifetime, at),
                limits.budget(),
                limits.approval(),
                window.filter(open -> limits.enforced()),
                enforcement(limits, outside || ends),
                version,
                entry.label()));
    }

    private Decision refusedByTheClock(Denial.Kind kind) {
        var next = task.limits().windows().nextOpening(now);
        return new Decision.Refused(new Denial(kind, Optional.empty(), next));
    }

    private static Enforcement enforcement(TaskLimits limits, boolean outside) {
        if (limits.enforced()) {
            return Enforcement.ENFORCED;
        }
        return outside ? Enforcement.WATCHED_OUTSIDE_WINDOW : Enforcement.WATCHED;
    }

    private Decision refused(Denial.Kind kind) {
        return new Decision.Refused(Denial.of(kind, nearestOfOwn()));
    }

    Explanation explain() {
        var traces = new ArrayList<RuleTrace>();
        for (int i = 0; i < task.rules().size(); i++) {
            traces.add(trace(i));
        }
        var windows = WindowsNow.of(task.limits(), now);
        boolean byRule = traces.stream().anyMatch(RuleTrace::allows);
        return new Explanation(
                task.name(),
                true,
                byRule && windows.filter(WindowsNow::refuse).isEmpty(),
                traces,
                byRule
                        ? Optional.empty()
                        : nearest(IntStream.range(0, task.rules().size()).toArray()),
                traces.stream().filter(RuleTrace::allows).findFirst().flatMap(this::wanted),
                windows,
                task.fragment());
    }

    private Optional<Explanation.Wanted> wanted(RuleTrace allowing) {
        var rule = task.rules().get(allowing.number() - 1).rule();
        return server.flatMap(at -> permissions(rule, at)
                .map(permissions -> new Explanation.Wanted(at, permissions, terms(at), patterns(rule, at))));
    }

    private Explanation.Terms terms(ResourceServer at) {
        var limits = task.limits();
        var lifetime = limits.lifetime(request.lifetime());
        return new Explanation.Terms(
                lifetime, limits.maxUses(at), limits.lease(request.lease(), lifetime, at), limits.approval());
    }

    private List<String> patterns(Rule rule, ResourceServer at) {
        return rule.values(task.variables(), caller)
                .map(values -> new TargetCheck(task, at, values).patterns(request))
                .orElse(List.of());
    }

    /**
     * What was missing in the rule that came closest. A refusal must stay cheap, and as quick as that of an unknown
     * task, so only the rules are weighed that the caller's claims lead to and those that name its tenant, and of a
     * long list a part; a task with few rules has all of them weighed. {@link #explain} weighs all.
     */
    private Optional<NearestMiss> nearestOfOwn() {
        int all = task.rules().size();
        return nearest(
                all <= MOST_WEIGHED
                        ? IntStream.range(0, all).toArray()
                        : task.index().own(caller, MOST_WEIGHED));
    }

    /** Rules are weighed, and only the one that got furthest is put into words. */
    private Optional<NearestMiss> nearest(int[] positions) {
        int furthest = -1;
        var best = new Progress(-1, 0, 0);
        for (int i : positions) {
            var progress = progress(task.rules().get(i).rule());
            if (progress.compareTo(best) > 0) {
                furthest = i;
                best = progress;
            }
        }
        return furthest < 0 ? Optional.empty() : trace(furthest).firstMiss();
    }

    private Progress progress(Rule rule) {
        if (!rule.provider().equals(caller.provider())) {
            return new Progress(0, 0, 0);
        }
        int held = 0;
        for (var condition : rule.conditions()) {
            held += condition.holds(caller) ? 1 : 0;
        }
        int missed = rule.conditions().size() - held;
        if (missed > 0) {
            return new Progress(1, missed, held);
        }
        return new Progress(rule.values(task.variables(), caller).isPresent() ? 3 : 2, 0, held);
    }

    private RuleTrace trace(int position) {
        var entry = task.rules().get(position);
        return new RuleTrace(
                position + 1, entry.label(), entry.rule().pointer(), findings(entry.rule()), decisive(entry.rule()));
    }

    private Optional<String> decisive(Rule rule) {
        var missed = rule.conditions().stream()
                .filter(condition -> !condition.holds(caller))
                .toList();
        boolean fits = rule.provider().equals(caller.provider())
                && server.flatMap(at -> permissions(rule, at)).isPresent();
        return missed.size() == 1 && fits ? Optional.of(missed.get(0).name()) : Optional.empty();
    }

    private List<Finding> findings(Rule rule) {
        var findings = new ArrayList<Finding>();
        findings.add(new Finding(
                "provider",
                Shown.text(rule.provider().value()),
                Shown.text(caller.provider().value()),
                rule.provider().equals(caller.provider())));
        if (hold(findings)) {
            rule.conditions().forEach(condition -> findings.add(finding(condition)));
        }
        if (hold(findings)) {
            task.variables().forEach(variable -> findings.add(finding(rule, variable)));
        }
        if (hold(findings)) {
            findings.addAll(targets(rule.values(task.variables(), caller).orElse(Map.of())));
        }
        return findings;
    }

    private static boolean hold(List<Finding> findings) {
        return findings.stream().allMatch(Finding::holds);
    }

    private Finding finding(Condition condition) {
        return new Finding(condition.name(), condition.expected(), condition.actual(caller), condition.holds(caller));
    }

    private Finding finding(Rule rule, String variable) {
        var name = "${" + variable + "}";
        var value = rule.value(variable, caller);
        var raw = value.or(() -> rule.source(variable).flatMap(source -> source.raw(caller)));
        return new Finding(
                name,
                "segments of letters, digits and . _ -",
                raw.map(Shown::text).orElse(Shown.ABSENT),
                value.isPresent());
    }

    private List<Finding> targets(Map<String, String> values) {
        if (server.isPresent()) {
            return new TargetCheck(task, server.get(), values).findings(request);
        }
        var audiences = task.servers().stream()
                .map(known -> Shown.text(known.audience()))
                .toList();
        var asked = request.audience().map(Shown::text).orElse(Shown.ABSENT);
        return List.of(new Finding("resource", Shown.anyOf(audiences), asked, false));
    }
}
