// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

/** The frame of every page: title, heading, and what stands below. */
final class Page {
    private Page() {}

    static String of(String title, Html body) {
        return of(title, "", body);
    }

    /** @param head markup of our own for the head */
    static String of(String title, String head, Html body) {
        return new Html()
                .add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .add("<meta name=\"robots\" content=\"noindex\">\n")
                .add(head)
                .add("<title>")
                .text(title)
                .add(" - Taskbound</title>\n<style>")
                .add(Style.TEXT)
                .add("</style>\n</head>\n<body>\n<main>\n<h1>")
                .text(title)
                .add("</h1>\n")
                .add(body)
                .add("</main>\n</body>\n</html>\n")
                .toString();
    }
}
