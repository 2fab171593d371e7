// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.Util;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.Refusal;
import java.time.Duration;

/** The one sentence that fails a build when its task was refused. The log above it has the whole text. */
final class Refusals {
    /** Jenkins' credentials keep the name of their key when the key changes. */
    static final String KEY_REMEDY =
            "If the credential was created again, give the policy owner this controller's new key file";

    private static final String DENIED = "access_denied";
    private static final String EXPIRED = "expired_token";

    private Refusals() {}

    /** Checked again whenever a token is asked for: an administrator may have changed the list meanwhile. */
    static void requireAllowed(IssuerUrl issuer) throws AbortException {
        if (!TaskboundConfiguration.get().allows(issuer)) {
            throw StepArguments.wrong("this controller does not allow the issuer " + issuer
                    + ". An administrator can add it under Manage Jenkins, System, Taskbound, Other issuers");
        }
    }

    static String sentence(String task, Refusal refusal) {
        String id = refusal.requestId().map(known -> ", request id " + known).orElse("");
        if (refusal.code().equals(DENIED) && refusal.description().isPresent()) {
            // The policy allows it, but not now: outside of the task's windows, or over its budget.
            return "The task " + task + " was not granted: "
                    + refusal.description().get() + " (" + refusal.code() + id + ")";
        }
        return "The issuer refused the task " + task + " (" + refusal.code() + id + ")" + remedy(refusal);
    }

    /** People were asked, and the issuer says what came of it. */
    static String afterAsking(String task, Refusal refusal, String approvalId) {
        String id = refusal.requestId().map(known -> ", request id " + known).orElse("");
        return "The task " + task + " was not granted: " + refusal.description().orElseGet(() -> verdict(refusal))
                + " (" + refusal.code() + ", approval " + approvalId + id + ")";
    }

    private static String verdict(Refusal refusal) {
        return refusal.code().equals(EXPIRED) ? "nobody approved it in time" : "an approver denied it";
    }

    /** Whether a refusal can be the end of a wait for approval. */
    static boolean isAVerdict(Refusal refusal) {
        return refusal.code().equals(DENIED) || refusal.code().equals(EXPIRED);
    }

    /** The step does not wait. */
    static String needsApproval(String task, PendingApproval approval) {
        String where = approval.uri().map(uri -> " (" + uri + ")").orElse("");
        return "The task " + task + " needs approval by " + String.join(" or ", approval.approvers()) + where
                + ", and this step does not wait for it";
    }

    /** The step waits no longer. */
    static String notApproved(String task, PendingApproval approval, Duration waited) {
        return "The task " + task + " was not approved by " + String.join(" or ", approval.approvers()) + " within "
                + Util.getTimeSpanString(waited.toMillis()) + " (approval " + approval.id()
                + "). Run the step again to ask for a new approval";
    }

    /** The issuer says that it is the ID token; of a request that it could not read it says what is wrong with it. */
    private static String remedy(Refusal refusal) {
        if (!refusal.code().equals("invalid_request")) {
            return "";
        }
        return ". "
                + refusal.description()
                        .filter(text -> !text.contains("subject_token"))
                        .orElse(KEY_REMEDY);
    }

    /** Closes what a dry run was granted: nobody asked for it. One sentence on how that went. */
    static String afterGrantedDryRun(IssuerClient client, MintAnswer.Granted granted) {
        boolean closed =
                client.close(granted.token().token()).match(done -> true, refused -> false, unavailable -> false);
        return "The issuer " + client.issuer() + " does not support dry runs: it granted the task. "
                + (closed
                        ? "The token was closed at once, and nothing was run"
                        : "Nothing was run, but the token could not be closed: it lives until "
                                + granted.token().expiresAt() + " at the latest");
    }
}
