// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

/**
 * Between the identity provider and our page. The browser continues by itself, from a page of ours: only then does it
 * send a cookie that is SameSite=Strict, which it would not after a redirect that another site began.
 */
public final class ContinuePage {
    private ContinuePage() {}

    public static String html(String url) {
        var head = new Html()
                .add("<meta http-equiv=\"refresh\"")
                .attribute("content", "0; url=" + url)
                .add(">\n")
                .toString();
        var body = new Html()
                .paragraph("You are logged in.")
                .add("<div class=\"buttons\">\n")
                .add(new Link("Continue", url).html())
                .add("</div>\n");
        return Page.of("Logged in", head, body);
    }
}
