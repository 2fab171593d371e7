// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One HTTP request, from any server. Its body may contain secrets, so it is never shown. */
public final class HttpRequest {
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Optional<String> requestId;

    /**
     * @param path without the query, which no endpoint reads: parameters come in the body only (RFC 9700 section 4.3.2)
     * @param headers by lower-case name
     * @param body not copied; the caller must not change it afterwards
     * @param requestId the id that the front door gave, if any
     */
    public HttpRequest(
            String method, String path, Map<String, List<String>> headers, byte[] body, Optional<String> requestId) {
        this.method = method;
        this.path = path;
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

    boolean has(String name) {
        return headers.containsKey(name);
    }

    @Override
    public String toString() {
        return "HttpRequest[" + method + ", " + body.length + " bytes]";
    }
}
