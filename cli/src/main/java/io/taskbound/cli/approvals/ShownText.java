// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.RunnerLines;
import io.taskbound.client.approval.ShownApproval;
import io.taskbound.client.approval.ShownApproval.RecordedDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** An approval as a person reads it. The issuer's text is indented, so that no line of it can pass for one of ours. */
final class ShownText {
    private ShownText() {}

    static void say(ShownApproval approval, CommandContext context) {
        var lines = new ArrayList<String>();
        lines.add("Approval " + approval.id());
        approval.uri().ifPresent(uri -> lines.add(uri.toString()));
        lines.add("");
        approval.text().lines().forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.add("Hash of this text: " + approval.textHash());
        lines.add(standing(approval, context.clock().instant()));
        approval.decisions().forEach(decision -> lines.add("  " + decision(decision)));
        lines.forEach(line -> context.say(RunnerLines.onGithub(context) ? RunnerLines.harmless(line) : line));
    }

    private static String standing(ShownApproval approval, Instant now) {
        var groups = String.join(" or ", approval.approvers());
        var needed = approval.needed() == 1 ? groups : approval.needed() + " people of " + groups;
        return switch (approval.state()) {
            case "pending" -> "It waits for " + needed + ", " + left(approval.until(), now) + " left.";
            case "approved" -> "It is approved, and the step can continue.";
            case "used" -> "It was approved, and the step has its token.";
            case "denied" -> "It was denied.";
            case "expired" -> "Nobody approved it in time.";
            case "replaced" -> "The policy has changed since, so it can no longer be approved.";
            case "ended" -> "Its run has ended.";
            default -> "Its state is " + approval.state() + ".";
        };
    }

    private static String decision(RecordedDecision decision) {
        return (decision.approves() ? "approved by " : "denied by ") + decision.name() + " (" + decision.provider()
                + ") at " + decision.at()
                + decision.comment().map(words -> ": " + words).orElse("");
    }

    static String left(Instant until, Instant now) {
        return length(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    }

    static String length(Duration time) {
        return time.toMinutes() >= 2 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
