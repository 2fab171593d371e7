// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

import io.taskbound.approval.ApprovalId;
import java.util.List;

/** What somebody sees of whom nothing is known: not even whether there is such an approval. */
public final class LoginPage {
    private LoginPage() {}

    /** @param choices a login at each provider that there is one for */
    public static String html(ApprovalId id, List<Link> choices) {
        return choices.isEmpty() ? withoutLogin(id) : withLogin(id, choices);
    }

    private static String withLogin(ApprovalId id, List<Link> choices) {
        var body = new Html()
                .paragraph("A step of a CI run waits for the approval of a person. Log in to read what it is, and to"
                        + " approve or deny it.")
                .add("<div class=\"buttons\">\n");
        choices.forEach(choice -> body.add(choice.html()));
        return Page.of("Log in to approve", note(body.add("</div>\n"), id));
    }

    private static String withoutLogin(ApprovalId id) {
        var body = new Html()
                .paragraph("A step of a CI run waits for the approval of a person. This issuer's policy names no"
                        + " identity provider at which people log in, so nobody can approve on this page.")
                .paragraph("Approve at a terminal, with an ID token of yours, or start the workflow that the policy"
                        + " names for it:")
                .add("<div class=\"said\"><p>taskbound approve ")
                .text(id.toString())
                .add("</p></div>\n");
        return Page.of("Approve elsewhere", note(body, id));
    }

    private static Html note(Html body, ApprovalId id) {
        return body.add("<p class=\"note\">Approval ").text(id.toString()).add("</p>\n");
    }
}
