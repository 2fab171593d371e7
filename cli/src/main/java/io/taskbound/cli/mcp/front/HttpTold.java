// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import io.taskbound.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** An answer over HTTP. */
record HttpTold(int status, Map<String, String> headers, Optional<JsonObject> body) {
    HttpTold {
        headers = Map.copyOf(headers);
    }

    static HttpTold of(int status) {
        return new HttpTold(status, Map.of(), Optional.empty());
    }

    static HttpTold of(int status, JsonObject body) {
        return new HttpTold(status, Map.of(), Optional.of(body));
    }
}
