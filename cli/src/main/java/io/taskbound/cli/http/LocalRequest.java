// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.http;

import io.taskbound.http.HttpRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request as {@link LocalServer} read it. Its body may hold secrets, so it is never shown. */
public final class LocalRequest {
    private final String method;
    private final URI target;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /** @param headers by lower-case name */
    LocalRequest(String method, URI target, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public String method() {
        return method;
    }

    /** Path and query as they were sent, or a whole URL. */
    public String target() {
        return target.toString();
    }

    /** Without the query. */
    public String path() {
        return Optional.ofNullable(target.getRawPath()).orElse("");
    }

    /** In lower case. */
    public Set<String> headerNames() {
        return headers.keySet();
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
        var query = Optional.ofNullable(target.getRawQuery()).orElse("");
        return new HttpRequest(method, path(), query, headers, body, Optional.empty());
    }

    @Override
    public String toString() {
        return "LocalRequest[" + method + ", " + body.length + " bytes]";
    }
}
