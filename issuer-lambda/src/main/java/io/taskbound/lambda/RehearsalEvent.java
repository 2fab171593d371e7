// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A request as API Gateway hands it to the function, in payload format 2.0. */
record RehearsalEvent(String json) {
    static RehearsalEvent post(String path, Map<String, String> form) {
        return post(path, form, Optional.empty());
    }

    static RehearsalEvent post(String path, Map<String, String> form, String server, String secret) {
        return post(path, form, Optional.of("Basic " + encoded(server + ":" + secret)));
    }

    private static RehearsalEvent post(String path, Map<String, String> form, Optional<String> authorization) {
        var headers = JsonObject.builder()
                .put("accept", "application/json")
                .put("content-type", "application/x-www-form-urlencoded")
                .put("host", "tokens.rehearsal.invalid")
                .put("user-agent", "rehearsal")
                .put("x-forwarded-for", "192.0.2.1")
                .put("x-forwarded-proto", "https")
                .putIfPresent("authorization", authorization);
        var http = JsonObject.builder().put("method", "POST").put("path", path).build();
        return of(JsonObject.builder()
                .put("version", "2.0")
                .put("routeKey", "$default")
                .put("rawPath", path)
                .put("rawQueryString", "")
                .put("headers", headers.build())
                .put(
                        "requestContext",
                        JsonObject.builder()
                                .put("http", http)
                                .put("stage", "$default")
                                .put("requestId", "rehearsal")
                                .build())
                .put("body", encoded(body(form)))
                .put("isBase64Encoded", true)
                .build());
    }

    static RehearsalEvent get(String path) {
        var http = JsonObject.builder().put("method", "GET").put("path", path).build();
        return of(JsonObject.builder()
                .put("version", "2.0")
                .put("rawPath", path)
                .put("headers", JsonObject.EMPTY)
                .put("requestContext", JsonObject.builder().put("http", http).build())
                .put("isBase64Encoded", false)
                .build());
    }

    private static RehearsalEvent of(JsonObject event) {
        return new RehearsalEvent(JsonText.of(event));
    }

    private static String body(Map<String, String> form) {
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        return body.toString();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
