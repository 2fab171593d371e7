// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.Places;
import io.taskbound.cli.policy.Pointer;
import io.taskbound.cli.policy.Position;
import io.taskbound.policy.Explanation;
import io.taskbound.policy.RuleTrace;
import io.taskbound.policy.TaskParts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a policy its passed tests reach. A rule counts as allowing where it decides, so that the test fails when the
 * rule goes; and a claim where it alone keeps a caller out, so that the test fails when the claim goes.
 */
final class Coverage {
    private final Map<List<String>, CoveredPart> parts = new LinkedHashMap<>();
    private final Map<String, TaskParts> tasks = new LinkedHashMap<>();
    private final Set<List<String>> reached = new HashSet<>();

    Coverage(Loaded.Ok policy) {
        for (var task : policy.policy().tasks()) {
            var described = task.parts();
            tasks.put(task.name().value(), described);
            add(described, policy.places());
        }
    }

    private void add(TaskParts task, Places places) {
        var name = "task " + task.task();
        add(CoveredPart.Kind.TASK, task.pointer(), places.of(task.pointer()), name + ": no case asks for it");
        for (var rule : task.rules()) {
            var at = places.of(rule.pointer());
            add(allows(task, rule.label()), at, name + ": no case is allowed by " + rule.label());
            add(CoveredPart.Kind.REFUSES, rule.pointer(), at, name + ": no case is refused by " + rule.label());
            for (var claim : rule.claims()) {
                place(rule, claim, places)
                        .ifPresent(position -> add(
                                claim(rule.pointer(), claim),
                                position,
                                name + ": no case is refused only because of " + claim + " in " + rule.label()));
            }
        }
        for (var pattern : task.patterns()) {
            add(
                    CoveredPart.Kind.PATTERN,
                    pattern.pointer(),
                    places.of(pattern.pointer()),
                    name + ": no case is allowed by the pattern " + pattern.text());
        }
    }

    /** Where the policy writes it; empty for events that a profile adds. */
    private static Optional<Position> place(TaskParts.RulePart rule, String claim, Places places) {
        return places.find(Pointer.member(Pointer.member(rule.pointer(), "claims"), claim))
                .or(() -> claim.contains(" > ")
                        ? places.find(Pointer.member(rule.pointer(), "nested"))
                        : Optional.empty());
    }

    private void add(CoveredPart.Kind kind, String pointer, Position at, String missing) {
        add(key(kind, pointer), at, missing);
    }

    private void add(List<String> key, Position at, String missing) {
        parts.putIfAbsent(key, new CoveredPart(CoveredPart.Kind.valueOf(key.get(0)), key, at, missing));
    }

    private static List<String> key(CoveredPart.Kind kind, String pointer) {
        return List.of(kind.name(), pointer);
    }

    /** A caller that several tasks name must be allowed in each; who it keeps out is the same in all. */
    private static List<String> allows(TaskParts task, String label) {
        return List.of(CoveredPart.Kind.ALLOWS.name(), task.pointer(), label);
    }

    private static List<String> claim(String rule, String claim) {
        return List.of(CoveredPart.Kind.CLAIM.name(), rule, claim);
    }

    void add(Outcome outcome) {
        var answer = outcome.answer();
        var task = tasks.get(answer.explanation().task().value());
        if (!outcome.passed() || task == null) {
            return;
        }
        reached.add(key(CoveredPart.Kind.TASK, task.pointer()));
        if (answer.allowed()) {
            answer.decider().ifPresent(rule -> reached.add(allows(task, rule.label())));
            answer.explanation().wanted().map(Explanation.Wanted::patterns).orElse(List.of()).stream()
                    .map(pattern -> key(CoveredPart.Kind.PATTERN, pattern))
                    .forEach(reached::add);
        } else {
            answer.explanation().rules().forEach(this::refused);
        }
    }

    private void refused(RuleTrace rule) {
        var findings = rule.findings();
        if (rule.allows() || !findings.get(0).holds()) {
            return;
        }
        reached.add(key(CoveredPart.Kind.REFUSES, rule.pointer()));
        rule.decisive().ifPresent(claim -> reached.add(claim(rule.pointer(), claim)));
    }

    /** Those that no case reached, kind by kind. */
    List<CoveredPart> uncovered(CoveredPart.Kind kind) {
        return of(kind).stream().filter(part -> !reached.contains(part.key())).toList();
    }

    List<CoveredPart> uncovered() {
        var uncovered = new ArrayList<CoveredPart>();
        for (var kind : CoveredPart.Kind.values()) {
            uncovered.addAll(uncovered(kind));
        }
        return uncovered;
    }

    List<CoveredPart> of(CoveredPart.Kind kind) {
        return parts.values().stream().filter(part -> part.kind() == kind).toList();
    }
}
