// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.console.HyperlinkNote;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.Refusal;
import java.util.List;
import java.util.TreeSet;

/** What the log says where the words of the other wrappers would speak of a command: here it is a block. */
final class BlockText {
    private static final String ASKED = "approve or deny: ";

    private BlockText() {}

    private static String wouldGrant() {
        return "taskbound: a dry run: this would be granted. Nothing was issued and the block was not run.";
    }

    /** @param approvers of whom somebody would have to approve it first; empty where nobody has to */
    static String wouldGrant(List<String> approvers) {
        return approvers.isEmpty()
                ? wouldGrant()
                : "taskbound: a dry run: this would be granted after approval by " + String.join(" or ", approvers)
                        + ". Nothing was issued and the block was not run.";
    }

    /** The same in the few words of the build's page. */
    static String onThePage(List<String> approvers) {
        return "a dry run: this would be granted"
                + (approvers.isEmpty() ? "" : " after approval by " + String.join(" or ", approvers));
    }

    /** The words above the link to the page of an approval are a link too, in the console of Jenkins. */
    static String linked(String text, PendingApproval approval) {
        return approval.uri()
                .map(uri ->
                        text.replace(ASKED + uri, HyperlinkNote.encodeTo(uri.toString(), ASKED.strip()) + " " + uri))
                .orElse(text);
    }

    static String stopped(PendingApproval approval) {
        return "taskbound: stopped while waiting for approval; approval " + approval.id() + " can no longer be used";
    }

    static String waitsAgain() {
        return "taskbound: continues to wait for approval after the restart of Jenkins";
    }

    static String masking(String holder, Delivery delivery) {
        return "taskbound: masking the token in this " + holder + "; " + delivery.place();
    }

    static String masking(String holder, BlockSecrets credential) {
        return "taskbound: masking the credential in this " + holder + "; it is in "
                + String.join(", ", new TreeSet<>(credential.sensitive()));
    }

    static String lost(String holder, String handle, Refusal refusal) {
        return "taskbound: the issuer says that the token is dead while the " + holder + " is still running ("
                + refusal.code() + "): " + handle;
    }
}
