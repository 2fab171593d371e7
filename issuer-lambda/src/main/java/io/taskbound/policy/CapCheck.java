// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonNull;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses whatever of a fragment's tasks is not certainly within the fragment's cap. */
final class CapCheck {
    private final Faults faults;
    private final Cap cap;
    private final Set<String> judged = new HashSet<>();

    CapCheck(Faults faults, Cap cap) {
        this.faults = faults;
        this.cap = cap;
    }

    /** @param what it is that has the name: a task or a caller */
    void name(String what, String name, Place place) {
        if (!name.startsWith(cap.prefix())) {
            refuse(
                    place,
                    "the name of this " + what + " does not begin with " + cap.prefix(),
                    "write " + cap.prefix() + name);
        }
    }

    /** @param place of the task */
    void check(Task task, Place place) {
        var variables = new TreeSet<String>();
        cap.permissions()
                .forEach(entry -> entry.identifiers().forEach(pattern -> variables.addAll(pattern.variables())));
        // A caller that several tasks name is judged once.
        task.rules().stream()
                .map(AllowedRule::rule)
                .filter(rule -> judged.add(rule.pointer()))
                .forEach(rule -> check(rule, variables));
        task.permissions().forEach(this::check);
        limits(task.limits(), place);
    }

    private void check(Rule rule, Set<String> variables) {
        var at = new Place(rule.pointer(), JsonNull.NULL);
        var own = cap.allow().stream()
                .filter(bound -> bound.provider().equals(rule.provider()))
                .toList();
        if (own.isEmpty()) {
            refuse(
                    at,
                    "the fragment's cap lets in no callers of " + rule.provider(),
                    "let in callers of "
                            + cap.allow().stream()
                                    .map(bound -> bound.provider().value())
                                    .distinct()
                                    .collect(Collectors.joining(" or ")));
        } else if (own.stream().allMatch(bound -> rule.omits(bound).isPresent())) {
            omission(at, rule, own);
        }
        variables.stream()
                .filter(rule::lets)
                .forEach(variable -> refuse(
                        at,
                        "sets ${" + variable + "} itself, on which the identifiers of the cap depend",
                        "remove " + variable + " from let"));
    }

    private void omission(Place at, Rule rule, List<Rule> own) {
        Optional<Condition> missed =
                own.stream().flatMap(bound -> rule.omits(bound).stream()).findFirst();
        missed.ifPresent(condition -> refuse(
                at,
                "lets in others than the fragment's cap: " + condition.name() + " must be " + condition.expected(),
                "write that in the claims of this rule, as the cap has it or narrower"));
    }

    private void check(TaskPermission permission) {
        for (var action : permission.actions()) {
            for (int i = 0; i < permission.identifiers().size(); i++) {
                var pattern = permission.identifiers().get(i);
                if (cap.permissions().stream().noneMatch(bound -> reaches(bound, permission, action, pattern))) {
                    refuse(
                            new Place(permission.pointer(i), JsonNull.NULL),
                            Shown.text(action) + " on " + Shown.text(pattern.toString()) + " at "
                                    + permission.server().name() + " is not certainly within the fragment's cap",
                            within(permission, action));
                }
            }
        }
    }

    private static boolean reaches(
            TaskPermission bound, TaskPermission permission, String action, IdentifierPattern pattern) {
        return bound.server().equals(permission.server())
                && bound.actions().contains(action)
                && bound.identifiers().stream().anyMatch(wide -> PatternReach.isWithin(pattern, wide));
    }

    private String within(TaskPermission permission, String action) {
        var patterns = cap.permissions().stream()
                .filter(bound -> bound.server().equals(permission.server()))
                .filter(bound -> bound.actions().contains(action))
                .flatMap(bound -> bound.identifiers().stream())
                .map(pattern -> Shown.text(pattern.toString()))
                .toList();
        return patterns.isEmpty()
                ? "remove it: the cap has no such action at that server"
                : "write " + Shown.anyOf(patterns) + ", or a narrower pattern without other variables";
    }

    private void limits(TaskLimits limits, Place task) {
        if (limits.maxLifetime().compareTo(cap.maxLifetime()) > 0) {
            var most = DurationText.of(cap.maxLifetime());
            refuse(
                    field(task, "max_lifetime"),
                    "a token may live longer than " + most + ", the cap's max_lifetime",
                    "write max_lifetime: " + most);
        }
        if (cap.maxUses().isPresent()
                && limits.maxUses().orElse(Integer.MAX_VALUE) > cap.maxUses().getAsInt()) {
            var most = cap.maxUses().getAsInt();
            refuse(
                    field(task, "max_uses"),
                    "permits more uses than " + most + ", the cap's max_uses",
                    "write max_uses: " + most);
        }
        cap.lease().ifPresent(longest -> {
            if (limits.lease().filter(lease -> lease.compareTo(longest) <= 0).isEmpty()) {
                refuse(
                        field(task, "lease"),
                        "the cap wants a lease of at most " + DurationText.of(longest),
                        "write lease: " + DurationText.of(longest));
            }
        });
        if (!limits.enforced()) {
            refuse(field(task, EnforceReader.ENFORCE), "a fragment may not switch enforcement off", "remove this line");
        }
        approval(limits, task);
    }

    private void approval(TaskLimits limits, Place task) {
        boolean kept = cap.approval().isEmpty()
                || limits.approval()
                        .filter(approval -> cap.approval().containsAll(approval.by()))
                        .filter(approval -> approval.count() >= cap.approvalCount())
                        .isPresent();
        if (!kept) {
            refuse(
                    field(task, ApprovalReader.FIELD),
                    "the cap wants an approval by " + people() + String.join(" or ", cap.approval()) + " and no others",
                    "write approval: {by: [" + String.join(", ", cap.approval()) + "]"
                            + (cap.approvalCount() > 1 ? ", count: " + cap.approvalCount() : "") + "}");
        }
    }

    private static Place field(Place task, String name) {
        return DocumentReader.peek(task).getOrDefault(name, task);
    }

    private void refuse(Place place, String message, String remedy) {
        faults.error(FaultCode.FRAGMENT_CAP, place, message, remedy);
    }

    private String people() {
        return cap.approvalCount() == 1 ? "" : cap.approvalCount() + " people of ";
    }
}
