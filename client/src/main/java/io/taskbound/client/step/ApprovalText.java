// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.MintAnswer;
import io.taskbound.client.Outage;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.internal.Printable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What every wrapper of ours prints while people have yet to approve a step, and when that came to nothing: lines as in
 * {@link StepText}. {@link ApprovalWait} knows when to print what.
 */
public final class ApprovalText {
    private ApprovalText() {}

    /** Who may approve, where, and how long there is. */
    static String asked(PendingApproval approval, Duration left) {
        return StepText.lines(question(approval, left));
    }

    /** Another declaration is to be approved than before. */
    static String askedAgain(PendingApproval approval, Duration left) {
        return StepText.lines(Stream.concat(
                Stream.of("the policy has changed meanwhile: what was asked before can no longer be approved"),
                question(approval, left)));
    }

    private static Stream<String> question(PendingApproval approval, Duration left) {
        return Stream.of(
                        Stream.of("this needs approval by " + who(approval) + "; waiting, " + left(left)),
                        approval.uri().map(uri -> "approve or deny: " + uri).stream(),
                        Stream.of((approval.uri().isPresent() ? "or in a terminal: " : "approve or deny: ")
                                + command(approval)))
                .flatMap(lines -> lines);
    }

    /** One of several approvals was given. */
    static String given(PendingApproval approval, Duration left) {
        return StepText.lines(
                Stream.of(approval.given() + " of " + approval.needed() + " approvals given; waiting, " + left(left)));
    }

    /** Nothing has changed. */
    static String still(PendingApproval approval, Duration left) {
        return StepText.lines(Stream.of("still waiting for approval by " + who(approval) + ", " + left(left) + ": "
                + approval.uri().map(URI::toString).orElseGet(() -> command(approval))));
    }

    /** The issuer could not be asked, and will be once more. */
    static String unheard(Outage outage) {
        return StepText.lines(
                Stream.of("no answer from the issuer (" + outage.sentence() + "); still waiting for the approval"));
    }

    /** It was approved, and the token was granted. */
    public static String approved(Duration waited) {
        return StepText.lines(Stream.of("approved after " + AgeText.of(waited)));
    }

    /**
     * The wrapper waits no longer, though it could still be approved.
     *
     * @param waited zero where it was told not to wait at all
     */
    public static String gaveUp(PendingApproval approval, Duration waited) {
        return StepText.lines(Stream.of(
                        Stream.of(
                                waited.isZero()
                                        ? "this needs approval by " + who(approval)
                                        : "not approved by " + who(approval) + " within " + AgeText.of(waited)),
                        approval.uri().map(uri -> "what was to be approved: " + uri).stream(),
                        Stream.of(
                                "an approval can no longer be used: run the step again to ask for a new one",
                                StepText.NOT_RUN))
                .flatMap(lines -> lines));
    }

    /** The end of the step's wrapper came first: nothing was granted, and what was asked can no longer be used. */
    public static String cancelled(PendingApproval approval) {
        return StepText.lines(Stream.of(
                "stopped while waiting for approval; no token was issued, and approval " + approval.id()
                        + " can no longer be used",
                StepText.NOT_RUN));
    }

    /** A dry run that the issuer would grant once it is approved. */
    public static String wouldNeed(List<String> approvers) {
        return StepText.lines(Stream.of("a dry run: this would be granted after approval by "
                + String.join(" or ", approvers) + ". Nothing was issued and the command was not run."));
    }

    /**
     * People denied it, or nobody approved it in time; empty for any other refusal, which {@link RefusalText} words.
     */
    public static Optional<String> ended(MintAnswer.Refused refused) {
        return refused.approvalId()
                .flatMap(id -> verdict(refused.refusal().code())
                        .map(verdict -> StepText.lines(Stream.of(
                                        Stream.of(verdict),
                                        refused.refusal().description().stream(),
                                        Stream.of("approval " + id
                                                + refused.refusal()
                                                        .requestId()
                                                        .map(request -> ", request id " + request)
                                                        .orElse("")),
                                        Stream.of(StepText.NOT_RUN))
                                .flatMap(lines -> lines))));
    }

    private static Optional<String> verdict(String code) {
        return switch (code) {
            case "access_denied" -> Optional.of("it was not approved");
            case "expired_token" ->
                Optional.of("nobody approved it in time; run the step again to ask for a new approval");
            default -> Optional.empty();
        };
    }

    private static String who(PendingApproval approval) {
        var groups = String.join(" or ", approval.approvers());
        var given = approval.given() == 0 ? "" : ", " + approval.given() + " of them given";
        return approval.needed() == 1 ? groups : approval.needed() + " people of " + groups + given;
    }

    private static String command(PendingApproval approval) {
        return "taskbound approve " + Printable.of(approval.id());
    }

    private static String left(Duration left) {
        return AgeText.of(left) + " left";
    }
}
