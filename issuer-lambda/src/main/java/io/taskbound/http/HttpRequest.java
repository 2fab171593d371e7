// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One HTTP request, from any server. Its body may contain secrets, so it is never shown. */
public final class HttpRequest {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Optional<String> requestId;

    /**
     * Without a query.
     *
     * @param headers by lower-case name
     * @param body not copied; the caller must not change it afterwards
     * @param requestId the id that the front door gave, if any
     */
    public HttpRequest(
            String method, String path, Map<String, List<String>> headers, byte[] body, Optional<String> requestId) {
        this(method, path, "", headers, body, requestId);
    }

    /**
     * @param query as it was sent, without the question mark. Only the way back of a login reads it: elsewhere
     *     parameters come in the body only (RFC 9700 section 4.3.2)
     */
    public HttpRequest(
            String method,
            String path,
            String query,
            Map<String, List<String>> headers,
            byte[] body,
            Optional<String> requestId) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.requestId = requestId;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** Encoded, and empty where there is none; may hold a code of a login. */
    public String query() {
        return query;
    }

    /** Not a copy. */
    public byte[] body() {
        return body;
    }

    public Optional<String> requestId() {
        return requestId;
    }

    /** The header's only value; empty when it is absent. A header given twice has none that can be trusted. */
    public Optional<String> header(String name) {
        var values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** All of its values: of cookies there may be several headers (RFC 9113 section 8.2.3). */
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return headers.containsKey(name);
    }

    @Override
    public String toString() {
        return "HttpRequest[" + method + ", " + body.length + " bytes]";
    }
}
