// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The event of an API Gateway HTTP API or a Function URL, payload format 2.0, or of a REST API, payload format 1.0,
 * which alone can be private; and the answer, which is the same for both.
 */
final class LambdaEvent {
    private LambdaEvent() {}

    /** What the function was invoked with, if it is a JSON object at all. */
    static Optional<JsonObject> parse(byte[] event) {
        try {
            return Optional.of(StrictJson.parseObject(event));
        } catch (MalformedJson notJson) {
            return Optional.empty();
        }
    }

    /** The request, or empty when this is not such an event. */
    static Optional<HttpRequest> read(JsonObject root) {
        try {
            return Optional.of(request(root));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static HttpRequest request(JsonObject root) {
        var context = root.object("requestContext").orElse(JsonObject.EMPTY);
        var http = context.object("http").orElse(JsonObject.EMPTY);
        return new HttpRequest(
                http.string("method").or(() -> root.string("httpMethod")).orElse(""),
                path(root, context),
                headers(root.object("headers").orElse(JsonObject.EMPTY), context.has("http")),
                body(root),
                context.string("requestId"));
    }

    /** A named stage stands in front of the path; the default one does not. */
    private static String path(JsonObject root, JsonObject context) {
        var path = root.string("rawPath").or(() -> root.string("path")).orElse("/");
        var stage = "/" + context.string("stage").orElse("$default");
        return path.startsWith(stage + "/") ? path.substring(stage.length()) : path;
    }

    /** @param mayBeBinary a REST API hands a binary body on in base64, unless it is told about each media type */
    private static Map<String, List<String>> headers(JsonObject headers, boolean mayBeBinary) {
        var byName = new HashMap<String, List<String>>();
        headers.members().forEach((name, value) -> {
            if (value instanceof JsonString text) {
                byName.put(name.toLowerCase(Locale.ROOT), List.of(text.value()));
            }
        });
        if (!mayBeBinary) {
            byName.remove("accept-encoding");
        }
        return byName;
    }

    private static byte[] body(JsonObject root) {
        var body = root.string("body").orElse("");
        // API Gateway hands form bodies over in base64.
        return root.bool("isBase64Encoded").orElse(false)
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] write(HttpResponse response) {
        var headers = JsonObject.builder();
        response.headers().forEach(headers::put);
        var answer = JsonObject.builder()
                .put("statusCode", response.status())
                .put("headers", headers.build())
                .put(
                        "body",
                        response.isBinary()
                                ? Base64.getEncoder().encodeToString(response.body())
                                : new String(response.body(), StandardCharsets.UTF_8))
                .put("isBase64Encoded", response.isBinary())
                .build();
        return JsonText.of(answer).getBytes(StandardCharsets.UTF_8);
    }
}
