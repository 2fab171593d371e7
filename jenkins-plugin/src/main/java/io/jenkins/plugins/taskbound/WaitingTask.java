// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.taskbound.client.PendingApproval;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What the pages of a build tell of a step that waits until people have approved it. No secret. */
@ExportedBean(defaultVisibility = 2)
public final class WaitingTask {
    private final TokenRequest wanted;
    private final String place;
    private final PendingApproval approval;
    private final Instant until;

    /** @param until when the step ends if nobody has approved */
    WaitingTask(TokenRequest wanted, String place, PendingApproval approval, Instant until) {
        this.wanted = wanted;
        this.place = place;
        this.approval = approval;
        this.until = until;
    }

    @Exported
    public String getTask() {
        return wanted.task();
    }

    /** Each with its actions. */
    @Exported
    public List<String> getTargets() {
        return wanted.targets();
    }

    /** The stages and branches around the step, the outermost first; empty outside of all. */
    @Exported
    public String getPlace() {
        return place;
    }

    /** Names exactly what is to be approved. */
    @Exported
    public String getApprovalId() {
        return approval.id();
    }

    /** Where people approve or deny it; empty if the issuer names no page of its own. */
    @Exported
    @CheckForNull
    public String getApprovalUri() {
        return approval.uri().map(URI::toString).orElse(null);
    }

    /** The groups of the policy whose members may approve. */
    @Exported
    public List<String> getApprovers() {
        return approval.approvers();
    }

    /** How many different people must approve. */
    @Exported
    public int getApprovalsNeeded() {
        return approval.needed();
    }

    @Exported
    public int getApprovalsGiven() {
        return approval.given();
    }

    /** When the step ends if nobody has approved. */
    @Exported
    public String getUntil() {
        return until.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Who has yet to approve, and how long there is, for people. */
    public String getWords() {
        String who = String.join(", ", getApprovers());
        String left = left(Instant.now());
        return approval.needed() == 1
                ? Messages.WaitingTask_One(who, left)
                : Messages.WaitingTask_Several(approval.given(), approval.needed(), who, left);
    }

    private String left(Instant now) {
        return Util.getTimeSpanString(
                now.isBefore(until) ? Duration.between(now, until).toMillis() : 0);
    }
}
