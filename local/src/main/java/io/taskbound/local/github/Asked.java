// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A request, read whole. */
final class Asked {
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final String ENTERPRISE_SERVER = "/api/v3";

    private final String method;
    private final String path;
    private final String query;
    private final Headers headers;
    private final byte[] body;

    private Asked(String method, String path, String query, Headers headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    String method() {
        return method;
    }

    String query() {
        return query;
    }

    byte[] body() {
        return body;
    }

    /** An API of an Enterprise Server has a prefix, and is otherwise the same. */
    static Asked read(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var path = Optional.ofNullable(uri.getPath()).orElse("/");
        return new Asked(
                exchange.getRequestMethod(),
                path.startsWith(ENTERPRISE_SERVER + "/") ? path.substring(ENTERPRISE_SERVER.length()) : path,
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readNBytes(MAX_BODY));
    }

    /** The path between its slashes. */
    List<String> segments() {
        return Stream.of(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }

    boolean is(String wantedMethod, String... pattern) {
        var segments = segments();
        if (!method.equals(wantedMethod) || segments.size() != pattern.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (!pattern[i].equals("*") && !pattern[i].equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** Of {@code Bearer} or {@code token}, as clients of the API send it, or of git's {@code Basic}. */
    Optional<String> token() {
        var parts = header("Authorization").orElse("").split(" ", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return switch (parts[0]) {
            case "Bearer", "bearer", "token" -> Optional.of(parts[1].strip());
            case "Basic" -> password(parts[1].strip());
            default -> Optional.empty();
        };
    }

    private static Optional<String> password(String basic) {
        try {
            var pair = new String(Base64.getDecoder().decode(basic), UTF_8).split(":", 2);
            return pair.length == 2 && pair[0].equals("x-access-token") ? Optional.of(pair[1]) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The body as a JSON object; an empty one where there is none. */
    Map<String, Object> json() {
        if (body.length == 0) {
            return Map.of();
        }
        try {
            return JSONObjectUtils.parse(new String(body, UTF_8));
        } catch (ParseException notJson) {
            return Map.of();
        }
    }

    Map<String, String> form() {
        return fields(new String(body, UTF_8));
    }

    Map<String, String> parameters() {
        return fields(query);
    }

    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var field : text.split("&")) {
            var pair = field.split("=", 2);
            if (pair.length == 2) {
                fields.put(URLDecoder.decode(pair[0], UTF_8), URLDecoder.decode(pair[1], UTF_8));
            }
        }
        return fields;
    }
}
