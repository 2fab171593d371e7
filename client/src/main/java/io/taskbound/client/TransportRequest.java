// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One HTTP request: POST when it has a body, else GET. Headers and body hold secrets and never show in
 * {@link #toString}.
 */
public final class TransportRequest {
    private final URI uri;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Duration timeout;
    private final int maxAnswerBytes;

    TransportRequest(URI uri, Map<String, String> headers, byte[] body, Duration timeout, int maxAnswerBytes) {
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
        this.timeout = timeout;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /** Where it goes. */
    public URI uri() {
        return uri;
    }

    /** May hold credentials: don't log them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Empty for a GET. */
    public byte[] body() {
        return body.clone();
    }

    /** GET or POST. */
    public String method() {
        return body.length == 0 ? "GET" : "POST";
    }

    /** Limit from sending to the last byte of the answer. */
    public Duration timeout() {
        return timeout;
    }

    /** How much of the answer's body may be read, in bytes. */
    public int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    @Override
    public String toString() {
        return "TransportRequest[" + method() + " " + uri + "]";
    }
}
