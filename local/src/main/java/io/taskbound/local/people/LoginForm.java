// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import java.util.Collection;

/** The page on which somebody says who they are. There is no password: it is a stand-in. */
final class LoginForm {
    private LoginForm() {}

    static String html(Collection<Person> people, Params request) {
        var links = new StringBuilder();
        for (var person : people) {
            links.append("<li><a href=\"/authorize?")
                    .append(escaped(
                            request.with(StandInPeople.CHOSEN, person.id()).encoded()))
                    .append("\">")
                    .append(escaped(person.name()))
                    .append("</a></li>\n");
        }
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Log in</title></head>\n"
                + "<body><h1>Log in (stand-in for development)</h1><p>Who are you?</p>\n<ul>\n" + links
                + "</ul></body></html>\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
