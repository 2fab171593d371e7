// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** One HTTP request: POST when it has a body, else GET. Headers and body hold secrets and never show in {@link #toString}. */
public final class TransportRequest {
    private final URI uri;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Duration timeout;
    private final int longestAnswer;

    TransportRequest(URI uri, Map<String, String> headers, byte[] body, Duration timeout, int longestAnswer) {
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
        this.timeout = timeout;
        this.longestAnswer = longestAnswer;
    }

    public URI uri() {
        return uri;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Empty for a GET. */
    public byte[] body() {
        return body.clone();
    }

    public String method() {
        return body.length == 0 ? "GET" : "POST";
    }

    /** Limit from sending to the last byte of the answer. */
    public Duration timeout() {
        return timeout;
    }

    /** In bytes. */
    public int longestAnswer() {
        return longestAnswer;
    }

    @Override
    public String toString() {
        return "TransportRequest[" + method() + " " + uri + "]";
    }
}
