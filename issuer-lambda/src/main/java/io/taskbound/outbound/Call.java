// SPDX-License-Identifier: Apache-2.0
package io.taskbound.outbound;

import io.taskbound.identity.PrivateCa;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One request to a foreign service. Its headers and its body may hold secrets, so {@link #toString} shows neither. */
public final class Call {
    /** Of an answer, unless {@link #answeredWithin} says otherwise. */
    private static final int USUAL_ANSWER_BYTES = 256 * 1024;

    private final String method;
    private final URI uri;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Optional<byte[]> body;
    private int maxAnswerBytes = USUAL_ANSWER_BYTES;
    private Optional<PrivateCa> ca = Optional.empty();

    private Call(String method, URI uri, Optional<byte[]> body) {
        this.method = method;
        this.uri = uri;
        this.body = body;
    }

    public static Call get(URI uri) {
        return new Call("GET", uri, Optional.empty());
    }

    public static Call delete(URI uri) {
        return new Call("DELETE", uri, Optional.empty());
    }

    /** @param type the body's media type */
    public static Call post(URI uri, String type, byte[] body) {
        return new Call("POST", uri, Optional.of(body.clone())).header("Content-Type", type);
    }

    /** @throws IllegalArgumentException for a value with a line break or another character that no header has */
    public Call header(String name, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("the header " + name + " has a value that no header can have");
        }
        headers.put(name, value);
        return this;
    }

    /** A longer answer counts as none. */
    public Call answeredWithin(int bytes) {
        maxAnswerBytes = bytes;
        return this;
    }

    /** Whoever certified the host must be this authority, where there is one, instead of those that the JVM knows. */
    public Call certifiedBy(Optional<PrivateCa> authority) {
        ca = authority;
        return this;
    }

    String method() {
        return method;
    }

    URI uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<byte[]> body() {
        return body;
    }

    Optional<PrivateCa> ca() {
        return ca;
    }

    int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    @Override
    public String toString() {
        return "Call[" + method + "]";
    }
}
