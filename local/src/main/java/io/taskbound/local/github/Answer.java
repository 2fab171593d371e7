// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What goes back. */
final class Answer {
    private static final String JSON = "application/json; charset=utf-8";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    static Answer json(int status, Map<String, Object> body) {
        return of(status, JSON, JSONObjectUtils.toJSONString(body).getBytes(UTF_8));
    }

    static Answer json(int status, List<Object> body) {
        return of(status, JSON, JSONArrayUtils.toJSONString(body).getBytes(UTF_8));
    }

    /** A refusal as GitHub writes one. */
    static Answer message(int status, String message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("message", message);
        body.put("documentation_url", "https://docs.github.com/rest");
        body.put("status", Integer.toString(status));
        return json(status, body);
    }

    static Answer page(int status, String html) {
        return of(status, "text/html; charset=utf-8", html.getBytes(UTF_8));
    }

    static Answer text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    private static Answer of(int status, String type, byte[] body) {
        return new Answer(status, Map.of("Content-Type", type), body);
    }

    Answer header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }

    Answer body(byte[] other) {
        return new Answer(status, headers, other);
    }

    static Answer notFound() {
        return message(404, "Not Found");
    }

    static Answer badCredentials() {
        return message(401, "Bad credentials");
    }
}
