// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.status.StatusDocument;
import io.taskbound.status.StatusListToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One HTTP answer: JSON, a status list, or a page. Its body may contain a token, so it is never shown. */
public final class HttpResponse {
    private static final String CONTENT_ENCODING = "Content-Encoding";

    private final int status;
    private final Map<String, String> headers;
    private final List<String> cookies;
    private final byte[] body;

    HttpResponse(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, List.of(), body);
    }

    private HttpResponse(int status, Map<String, String> headers, List<String> cookies, byte[] body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.cookies = List.copyOf(cookies);
        this.body = body;
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The values of its headers Set-Cookie, of which there may be several; may hold secrets. */
    public List<String> cookies() {
        return cookies;
    }

    /** Text in UTF-8, unless a header Content-Encoding says otherwise; not a copy. */
    public byte[] body() {
        return body;
    }

    /** JSON that no cache may keep (RFC 6749 section 5.1). */
    public static HttpResponse json(int status, JsonObject body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        return new HttpResponse(status, headers, JsonText.of(body).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the body is compressed, and so not text. */
    public boolean isBinary() {
        return headers.containsKey(CONTENT_ENCODING);
    }

    /**
     * A status list, to be kept for so long: packed with gzip where whoever asks takes that. A cache must tell the two
     * apart.
     */
    static HttpResponse statusList(HttpRequest request, StatusDocument list, Duration freshFor) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", StatusListToken.MEDIA_TYPE);
        headers.put("Cache-Control", "public, max-age=" + freshFor.toSeconds());
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Vary", "Accept-Encoding");
        if (!ContentCoding.takesGzip(request)) {
            return new HttpResponse(200, headers, list.plain());
        }
        headers.put(CONTENT_ENCODING, "gzip");
        return new HttpResponse(200, headers, list.packed());
    }

    HttpResponse with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, more, cookies, body);
    }

    /** @param more values of Set-Cookie */
    HttpResponse setting(List<String> more) {
        var all = new ArrayList<>(cookies);
        all.addAll(more);
        return new HttpResponse(status, headers, all, body);
    }

    public HttpResponse withoutBody() {
        return new HttpResponse(status, headers, cookies, new byte[0]);
    }

    @Override
    public String toString() {
        return "HttpResponse[" + status + ", " + body.length + " bytes]";
    }
}
