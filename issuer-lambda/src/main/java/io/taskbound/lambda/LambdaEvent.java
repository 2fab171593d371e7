// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
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
 * which alone can be private; and the answer, which is the same for both but for cookies.
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
                LambdaQuery.read(root),
                headers(root, context.has("http")),
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
    private static Map<String, List<String>> headers(JsonObject root, boolean mayBeBinary) {
        var byName = new HashMap<String, List<String>>();
        root.object("headers").orElse(JsonObject.EMPTY).members().forEach((name, value) -> {
            if (value instanceof JsonString text) {
                byName.put(name.toLowerCase(Locale.ROOT), List.of(text.value()));
            }
        });
        // Payload format 2.0 takes the cookies out of the headers.
        root.array("cookies").map(JsonArray::items).ifPresent(cookies -> byName.put("cookie", texts(cookies)));
        if (!mayBeBinary) {
            byName.remove("accept-encoding");
        }
        return byName;
    }

    private static List<String> texts(List<JsonValue> values) {
        return values.stream()
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value())
                .toList();
    }

    private static byte[] body(JsonObject root) {
        var body = root.string("body").orElse("");
        // API Gateway hands form bodies over in base64.
        return root.bool("isBase64Encoded").orElse(false)
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }

    /** @param event what is answered: the payload formats differ in where cookies stand */
    static byte[] write(HttpResponse response, JsonObject event) {
        var headers = JsonObject.builder();
        response.headers().forEach(headers::put);
        var answer = JsonObject.builder().put("statusCode", response.status()).put("headers", headers.build());
        if (!response.cookies().isEmpty()) {
            var cookies = JsonArray.ofStrings(response.cookies());
            if (event.object("requestContext").orElse(JsonObject.EMPTY).has("http")) {
                answer.put("cookies", cookies);
            } else {
                answer.put(
                        "multiValueHeaders",
                        JsonObject.builder().put("Set-Cookie", cookies).build());
            }
        }
        answer.put(
                        "body",
                        response.isBinary()
                                ? Base64.getEncoder().encodeToString(response.body())
                                : new String(response.body(), StandardCharsets.UTF_8))
                .put("isBase64Encoded", response.isBinary());
        return JsonText.of(answer.build()).getBytes(StandardCharsets.UTF_8);
    }
}
