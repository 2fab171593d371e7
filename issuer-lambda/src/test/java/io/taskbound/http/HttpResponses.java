// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.json.JsonObject;
import io.taskbound.status.StatusDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers for tests of other packages. */
public final class HttpResponses {
    private HttpResponses() {}

    /** A status list as whoever takes gzip gets it. */
    public static HttpResponse packed(String text) {
        var taker =
                new HttpRequest("GET", "/", Map.of("accept-encoding", List.of("gzip")), new byte[0], Optional.empty());
        return HttpResponse.statusList(taker, StatusDocument.of(text), Duration.ofMinutes(1));
    }

    public static HttpResponse withCookies(String... cookies) {
        return HttpResponse.json(200, JsonObject.EMPTY).setting(List.of(cookies));
    }
}
