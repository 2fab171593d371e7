// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.http;

import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What {@link LocalServer} answers. Its body may hold a token, so it is never shown. */
public final class LocalAnswer {
    private final int status;
    private final Map<String, String> headers;
    private final List<String> cookies;
    private final byte[] body;

    private LocalAnswer(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, List.of(), body);
    }

    private LocalAnswer(int status, Map<String, String> headers, List<String> cookies, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.cookies = cookies;
        this.body = body;
    }

    /** Plain text that no cache may keep. */
    public static LocalAnswer text(int status, String text) {
        return new LocalAnswer(
                status,
                Map.of("Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON that no cache may keep. */
    public static LocalAnswer json(int status, JsonObject body) {
        return new LocalAnswer(
                status,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                JsonText.of(body).getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header field, or another value of it. */
    public LocalAnswer with(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new LocalAnswer(status, more, cookies, body);
    }

    /** Hands requests to the issuer. */
    public static Function<LocalRequest, LocalAnswer> by(IssuerEdge issuer) {
        return request -> of(issuer.handle(request.forIssuer()));
    }

    /** Has the issuer say that too many requests are waiting. */
    public static Function<LocalRequest, LocalAnswer> whenBusy(IssuerEdge issuer) {
        return request -> of(issuer.turnAway(request.forIssuer()));
    }

    private static LocalAnswer of(HttpResponse response) {
        return new LocalAnswer(response.status(), response.headers(), response.cookies(), response.body());
    }

    public int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The values of its headers Set-Cookie. */
    List<String> cookies() {
        return cookies;
    }

    byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return "LocalAnswer[" + status + ", " + body.length + " bytes]";
    }
}
