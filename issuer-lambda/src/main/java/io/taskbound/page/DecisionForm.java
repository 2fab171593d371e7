// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

import io.taskbound.issuer.ApprovalRequest;

/**
 * The form with the buttons.
 *
 * @param action where it is sent
 * @param csrf what only our own page knows
 */
public record DecisionForm(String action, String csrf) {
    /**
     * The comment is a text area: in a line of text, Enter would press the first button.
     *
     * @param shown the hash of the text above it
     * @param mayApprove without it, the form has the other button alone
     */
    Html html(String shown, boolean mayApprove) {
        return new Html()
                .add("<form method=\"post\"")
                .attribute("action", action)
                .add(">\n")
                .add(hidden("shown", shown))
                .add(hidden("csrf", csrf))
                .add("<label for=\"comment\">Comment, for the record (optional, at most "
                        + ApprovalRequest.LONGEST_COMMENT + " characters)</label>\n")
                .add("<textarea id=\"comment\" name=\"comment\" rows=\"2\" maxlength=\""
                        + ApprovalRequest.LONGEST_COMMENT + "\"></textarea>\n")
                .add("<div class=\"buttons\">\n")
                .add(mayApprove ? button("yes", "approve", "Approve") : new Html())
                .add(button("no", "deny", "Deny"))
                .add("</div>\n</form>\n");
    }

    private static Html button(String style, String decision, String text) {
        return new Html()
                .add("<button")
                .attribute("class", "button " + style)
                .add(" name=\"decision\"")
                .attribute("value", decision)
                .add(">")
                .text(text)
                .add("</button>\n");
    }

    private static Html hidden(String name, String value) {
        return new Html()
                .add("<input type=\"hidden\"")
                .attribute("name", name)
                .attribute("value", value)
                .add(">\n");
    }
}
