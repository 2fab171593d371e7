// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.page.Style;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pages and redirects that no cache keeps, nobody frames, and that run and load nothing. */
final class PageResponses {
    private PageResponses() {}

    static HttpResponse html(int status, String html) {
        return new HttpResponse(status, headers("text/html; charset=utf-8"), html.getBytes(StandardCharsets.UTF_8));
    }

    /** @param url ours, or a provider's that the policy names: nothing that a request brought decides where to go */
    static HttpResponse redirect(String url) {
        return new HttpResponse(303, headers("text/plain; charset=utf-8"), new byte[0]).with("Location", url);
    }

    private static Map<String, String> headers(String type) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Security-Policy", Style.CONTENT_POLICY);
        headers.put("X-Frame-Options", "DENY");
        headers.put("X-Content-Type-Options", "nosniff");
        // Not no-referrer: our own form would then say that it comes from nowhere (Origin: null).
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        return headers;
    }
}
