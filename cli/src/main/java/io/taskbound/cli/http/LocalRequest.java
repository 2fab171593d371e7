// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.http;

import io.taskbound.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as {@link LocalServer} read it. Its body may hold secrets, so it is never shown. */
public final class LocalRequest {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * @param query without its question mark; empty where there is none
     * @param headers by lower-case name
     */
    LocalRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public String method() {
        return method;
    }

    /** Without the query. */
    public String path() {
        return path;
    }

    /** All values of a header, by its lower-case name. */
    public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Not a copy. */
    public byte[] body() {
        return body;
    }

    /** The same for the issuer. */
    HttpRequest forIssuer() {
        return new HttpRequest(method, path, query, headers, body, Optional.empty());
    }

    @Override
    public String toString() {
        return "LocalRequest[" + method + ", " + body.length + " bytes]";
    }
}
