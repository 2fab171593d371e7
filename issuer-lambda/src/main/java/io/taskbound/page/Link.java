// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

/** A link that looks like a button. */
public record Link(String text, String url) {
    Html html() {
        return new Html()
                .add("<a class=\"button\"")
                .attribute("href", url)
                .add(">")
                .text(text)
                .add("</a>\n");
    }
}
