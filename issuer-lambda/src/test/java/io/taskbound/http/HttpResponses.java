// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers for tests of other packages. */
public final class HttpResponses {
    private HttpResponses() {}

    /** A public document as whoever takes gzip gets it. */
    public static HttpResponse packed(String text) {
        var taker =
                new HttpRequest("GET", "/", Map.of("accept-encoding", List.of("gzip")), new byte[0], Optional.empty());
        return HttpResponse.document("text/plain", text, Duration.ofMinutes(1)).codedFor(taker);
    }
}
