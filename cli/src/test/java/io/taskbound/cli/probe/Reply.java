// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that can be changed. */
record Reply(int status, Map<String, String> headers, String body) {
    static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), body);
    }

    static Reply refusal(int status, String error) {
        return json(
                status,
                "{\"error\":\"%s\",\"error_description\":\"no\",\"request_id\":\"01SABOTAGE\"}".formatted(error));
    }

    static Reply html(int status) {
        return new Reply(status, Map.of("Content-Type", "text/html"), "<html><body>hello</body></html>");
    }

    Reply withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    Reply withBody(String other) {
        return new Reply(status, headers, other);
    }

    byte[] octets() {
        return body.getBytes(UTF_8);
    }
}
