// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** As much of a browser as a form needs. */
final class Web {
    private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">");
    private static final Pattern FIELD = Pattern.compile("<input [^>]*name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private Web() {}

    /** A page, or a redirect. */
    record Page(int status, String text, Optional<String> location, String contentPolicy) {
        String formAction() {
            return plain(found(FORM).group(1));
        }

        private MatchResult found(Pattern pattern) {
            return pattern.matcher(text).results().findFirst().orElseThrow(() -> new AssertionError(text));
        }

        /** The form's first field, as a browser sends it. */
        String formBody() {
            var field = found(FIELD);
            return field.group(1) + "=" + URLEncoder.encode(plain(field.group(2)), UTF_8);
        }

        private static String plain(String html) {
            return html.replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
        }
    }

    static Page get(URI uri) throws IOException {
        return read((HttpURLConnection) uri.toURL().openConnection());
    }

    static Page submit(Page page, URI from) throws IOException {
        return post(from.resolve(page.formAction()), page.formBody());
    }

    static Page post(URI uri, String form) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.getOutputStream().write(form.getBytes(UTF_8));
        return read(connection);
    }

    private static Page read(HttpURLConnection connection) throws IOException {
        connection.setInstanceFollowRedirects(false);
        int status = connection.getResponseCode();
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Page(
                    status,
                    in == null ? "" : new String(in.readAllBytes(), UTF_8),
                    Optional.ofNullable(connection.getHeaderField("Location")),
                    String.valueOf(connection.getHeaderField("Content-Security-Policy")));
        }
    }
}
