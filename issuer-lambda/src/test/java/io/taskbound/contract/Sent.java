// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request as it goes out. */
record Sent(String method, String path, Map<String, List<String>> headers, String body) {

    HttpRequest request() {
        return new HttpRequest(method, path, headers, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }
}
