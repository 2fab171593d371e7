// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.local.people.StandInPeople;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser's tab with its cookies: it keeps what it is told to keep and sends all of it, and follows nothing. */
final class Tab {
    private static final Pattern FIELD = Pattern.compile("name=\"(shown|csrf)\" value=\"([^\"]*)\"");

    final Map<String, String> cookies = new LinkedHashMap<>();
    private final IssuerEdge edge;

    Tab(IssuerEdge edge) {
        this.edge = edge;
    }

    /** One page. */
    record Page(int status, Map<String, String> headers, List<String> cookies, String html) {
        String location() {
            return headers.getOrDefault("Location", "");
        }

        /** The hidden fields of the form. */
        Map<String, String> fields() {
            return FIELD.matcher(html)
                    .results()
                    .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2)));
        }
    }

    Page get(String url) {
        return send("GET", URI.create(url), Map.of(), "");
    }

    /** As a form of this page is sent. */
    Page post(String url, Map<String, String> form) {
        return post(url, form, Map.of("origin", "https://tokens.acme.example", "sec-fetch-site", "same-origin"));
    }

    Page post(String url, Map<String, String> form, Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/x-www-form-urlencoded");
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send("POST", URI.create(url), all, body);
    }

    Page send(String method, URI url, Map<String, String> headers, String body) {
        var all = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        if (!cookies.isEmpty()) {
            all.put(
                    "cookie",
                    List.of(cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "))));
        }
        var query = Optional.ofNullable(url.getRawQuery()).orElse("");
        var response = edge.handle(
                new HttpRequest(method, url.getRawPath(), query, all, body.getBytes(UTF_8), Optional.empty()));
        response.cookies().forEach(this::keep);
        return new Page(response.status(), response.headers(), response.cookies(), new String(response.body(), UTF_8));
    }

    private void keep(String setCookie) {
        var pair = setCookie.split(";", 2)[0].split("=", 2);
        if (setCookie.contains("; Max-Age=0;")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    /** From the approval's page to the provider, and what it sends the browser back with. */
    String begin(String approval, String person) throws IOException {
        return choose(get(approval + "/login/staff").location(), person);
    }

    private static String choose(String authorization, String person) throws IOException {
        var connection = (HttpURLConnection) URI.create(authorization + "&" + StandInPeople.CHOSEN + "=" + person)
                .toURL()
                .openConnection();
        connection.setInstanceFollowRedirects(false);
        return connection.getHeaderField("Location");
    }

    /** Logs in, and opens the approval. */
    Page logIn(String approval, String person) throws IOException {
        get(begin(approval, person));
        return get(approval);
    }
}
