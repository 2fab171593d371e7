// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.audit.Reason;
import io.taskbound.cli.policy.ExplainedMint;
import io.taskbound.cli.policy.Pointer;
import io.taskbound.policy.Approval;
import io.taskbound.policy.Explanation;
import io.taskbound.policy.NearestMiss;
import io.taskbound.policy.RuleTrace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the policy answered to one case. */
final class Answer {
    /** Names of {@link #details}, as a table writes them. */
    static final String RULE = "rule";

    static final String LIFETIME = "lifetime";
    static final String MAX_USES = "max_uses";
    static final String LEASE = "lease";
    static final String APPROVAL = "approval";
    static final String BECAUSE = "because";
    static final String MISSES = "misses";

    /** Why a request may be refused, in the words of the audit log. */
    static final List<String> REASONS = List.of(
            Reason.UNKNOWN_TASK.wire(),
            Reason.NOT_ALLOWED.wire(),
            Reason.WRONG_RESOURCE_SERVER.wire(),
            Reason.NOT_DELIVERABLE.wire(),
            Reason.OUTSIDE_WINDOW.wire());

    private final ExplainedMint mint;
    private final Explanation explanation;

    Answer(Explanation explanation) {
        this.explanation = explanation;
        this.mint = new ExplainedMint(explanation);
    }

    boolean allowed() {
        return mint.allowed();
    }

    Explanation explanation() {
        return explanation;
    }

    /** The trace that {@code policy explain} prints. */
    List<String> lines() {
        return mint.lines();
    }

    /** The rule that decides: the first one that allows it. */
    Optional<RuleTrace> decider() {
        return explanation.rules().stream().filter(RuleTrace::allows).findFirst();
    }

    /**
     * The part of the policy that the answer depends on, as a JSON pointer: the rule that decides, or the claim that is
     * missed.
     */
    Optional<String> hinge() {
        if (decider().isPresent()) {
            return decider().map(RuleTrace::pointer);
        }
        return explanation
                .nearest()
                .flatMap(miss -> explanation.rules().stream()
                        .filter(rule -> miss.rule().equals("rule " + rule.number()))
                        .findFirst()
                        .map(rule -> Pointer.member(Pointer.member(rule.pointer(), "claims"), miss.path())));
    }

    /** By which rule it is allowed, or what was missing in the rule that came closest. */
    String reason() {
        return allowed()
                ? "by " + decider().map(RuleTrace::label).orElseThrow()
                : explanation
                        .nearest()
                        .map(NearestMiss::text)
                        .orElseGet(() -> why().wire().replace('_', ' '));
    }

    /** What a table may expect of it, under the names that a table uses. */
    Map<String, String> details() {
        var details = new LinkedHashMap<String, String>();
        if (!allowed()) {
            details.put(BECAUSE, why().wire());
            explanation.nearest().ifPresent(miss -> details.put(MISSES, miss.path()));
            return details;
        }
        details.put(RULE, decider().map(RuleTrace::label).orElseThrow());
        explanation.wanted().map(Explanation.Wanted::terms).ifPresent(terms -> {
            details.put(LIFETIME, text(terms.lifetime()));
            details.put(
                    MAX_USES,
                    terms.maxUses().isPresent()
                            ? Integer.toString(terms.maxUses().getAsInt())
                            : "unlimited");
            details.put(LEASE, terms.lease().map(Answer::text).orElse("none"));
            details.put(APPROVAL, terms.approval().map(Answer::text).orElse("none"));
        });
        return details;
    }

    private Reason why() {
        if (!explanation.known()) {
            return Reason.UNKNOWN_TASK;
        } else if (mint.isUndeliverable()) {
            return Reason.NOT_DELIVERABLE;
        } else if (decider().isPresent()) {
            return Reason.OUTSIDE_WINDOW;
        }
        return explanation
                        .nearest()
                        .filter(miss -> miss.path().equals("resource"))
                        .isPresent()
                ? Reason.WRONG_RESOURCE_SERVER
                : Reason.NOT_ALLOWED;
    }

    private static String text(Approval approval) {
        return String.join(", ", approval.by());
    }

    /** Equal lengths of time have equal texts. */
    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
