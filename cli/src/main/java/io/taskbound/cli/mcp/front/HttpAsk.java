// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A request as it was received. It may hold secrets, so it is never shown. */
final class HttpAsk {
    static final int MAX_BODY = 256 * 1024;
    private static final long MAX_DISCARDED = 4L * 1024 * 1024;

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    HttpAsk(String method, String target, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    static HttpAsk read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        // As it stands in the request line: the parts of a URI would hide //, a host or a fragment.
        return new HttpAsk(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                body(exchange.getRequestBody()));
    }

    /** One byte more than is taken tells that it is too long; the rest is let arrive, so that the answer is heard. */
    private static byte[] body(InputStream in) throws IOException {
        var body = in.readNBytes(MAX_BODY + 1);
        var discarded = new byte[MAX_BODY];
        int octets = body.length > MAX_BODY ? discarded.length : 0;
        for (long left = MAX_DISCARDED; left > 0 && octets > 0; left -= octets) {
            octets = in.readNBytes(discarded, 0, discarded.length);
        }
        return body;
    }

    String method() {
        return method;
    }

    /** The request line's, unchanged. */
    String target() {
        return target;
    }

    /** All values of a field, by its name in small letters. */
    List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Of all fields, in small letters. */
    Set<String> names() {
        return headers.keySet();
    }

    boolean isTooLong() {
        return body.length > MAX_BODY;
    }

    /** Not a copy. */
    byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return "HttpAsk[" + method + ", " + body.length + " bytes]";
    }
}
