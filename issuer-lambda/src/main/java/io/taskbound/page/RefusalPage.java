// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

import java.util.Optional;

/** A refusal as a sentence that says what to do. */
public final class RefusalPage {
    private RefusalPage() {}

    /**
     * @param link of a button on the page
     * @param requestId leads to the audit log
     */
    public static String html(String title, String sentence, Optional<Link> link, String requestId) {
        var body = new Html().paragraph(ReviewPage.sentence(sentence));
        link.ifPresent(
                there -> body.add("<div class=\"buttons\">\n").add(there.html()).add("</div>\n"));
        body.add("<p class=\"note\">Request ").text(requestId).add("</p>\n");
        return Page.of(title, body);
    }
}
