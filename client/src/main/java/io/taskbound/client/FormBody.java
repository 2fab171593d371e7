// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters of one request, in the order they were added, each at most once. Holds secrets; has no readable text. */
final class FormBody {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    FormBody with(String name, String value) {
        if (parameters.put(name, value) != null) {
            throw new IllegalStateException("parameter given twice: " + name);
        }
        return this;
    }

    byte[] encoded() {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "FormBody" + parameters.keySet();
    }
}
