// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.hook.Delivery;
import java.util.Locale;
import java.util.Set;

/**
 * Reads POST /hooks/{name}: JSON of at most {@value #MAX_OCTETS} bytes, unread. CI systems send 10 to 60 KB when a job
 * or a run ends.
 */
final class DeliveryBody {
    static final int MAX_OCTETS = 256 * 1024;

    private DeliveryBody() {}

    static Delivery read(HttpRequest request) throws RefusedRequest {
        if (request.has("content-encoding")) {
            throw RefusedRequest.malformed(415, "Content-Encoding is not supported");
        }
        if (!isJson(request)) {
            throw RefusedRequest.malformed(415, "the body must be application/json");
        }
        if (request.body().length > MAX_OCTETS) {
            throw RefusedRequest.malformed(413, "the body is larger than " + MAX_OCTETS + " bytes");
        }
        return new Delivery(request::header, request.body());
    }

    static boolean isJson(HttpRequest request) {
        var type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        var parts = type.split(";", 2);
        return parts[0].strip().equals("application/json")
                && (parts.length == 1
                        || Set.of("charset=utf-8", "charset=\"utf-8\"", "").contains(parts[1].strip()));
    }
}
