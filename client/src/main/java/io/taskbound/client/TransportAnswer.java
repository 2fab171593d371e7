// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP answer of any status. The body may hold a token and never shows in {@link #toString}. */
public final class TransportAnswer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * An answer as it came.
     *
     * @param headers names in any case; of a repeated header the first value
     * @param body empty where there is none
     */
    public TransportAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(this.headers::putIfAbsent);
        this.body = body.clone();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** A header's first value; names in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** May hold a token: don't log it. */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "TransportAnswer[" + status + ", " + body.length + " bytes]";
    }
}
