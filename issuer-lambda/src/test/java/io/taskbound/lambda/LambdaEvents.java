// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Events of payload format 2.0 as API Gateway sends them: form bodies in base64. */
final class LambdaEvents {
    private LambdaEvents() {}

    static String get(String path) {
        return event("GET", path, "", false, "$default", Optional.empty());
    }

    static String post(String path, Map<String, String> form, Optional<String> authorization) {
        return event("POST", path, body(form), true, "$default", authorization);
    }

    /** A request for a token that offers a key. */
    static String offering(String proof, Map<String, String> form) {
        var headers = JsonObject.builder()
                .put("Content-Type", "application/x-www-form-urlencoded")
                .put("dpop", proof);
        return event("POST", "/token", body(form), true, "$default", headers.build());
    }

    private static String body(Map<String, String> form) {
        return form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A hook's delivery, as API Gateway hands a body over that it does not know as text. */
    static String json(String path, String body, Map<String, String> more) {
        var headers = JsonObject.builder().put("Content-Type", "application/json");
        more.forEach(headers::put);
        return event("POST", path, body, true, "$default", headers.build());
    }

    static String event(
            String method, String path, String body, boolean base64, String stage, Optional<String> authorization) {
        var headers = JsonObject.builder()
                .put("Content-Type", "application/x-www-form-urlencoded")
                .put("host", "attacker.example");
        authorization.ifPresent(value -> headers.put("Authorization", value));
        return event(method, path, body, base64, stage, headers.build());
    }

    private static String event(
            String method, String path, String body, boolean base64, String stage, JsonObject headers) {
        var http = JsonObject.builder().put("method", method).put("path", path).build();
        return JsonText.of(JsonObject.builder()
                .put("version", "2.0")
                .put("rawPath", path)
                .put("rawQueryString", "")
                .put("headers", headers)
                .put(
                        "requestContext",
                        JsonObject.builder()
                                .put("http", http)
                                .put("requestId", "JKJaXmPLvHcESHA=")
                                .put("stage", stage)
                                .put("timeEpoch", 1_700_000_000_000L)
                                .build())
                .put("body", base64 ? Base64.getEncoder().encodeToString(body.getBytes(UTF_8)) : body)
                .put("isBase64Encoded", base64)
                .build());
    }
}
