// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The query of an event. Payload format 1.0 has it decoded only, so that it is encoded again. */
final class LambdaQuery {
    private LambdaQuery() {}

    static String read(JsonObject event) {
        return event.string("rawQueryString").orElseGet(() -> encoded(event));
    }

    private static String encoded(JsonObject event) {
        var query = new StringJoiner("&");
        event.object("multiValueQueryStringParameters")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, values) -> {
                    if (values instanceof JsonArray array) {
                        array.items().forEach(value -> {
                            if (value instanceof JsonString text) {
                                query.add(encoded(name) + "=" + encoded(text.value()));
                            }
                        });
                    }
                });
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
