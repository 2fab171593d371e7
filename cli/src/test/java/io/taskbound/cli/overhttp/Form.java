// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.overhttp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes application/x-www-form-urlencoded. */
public final class Form {
    private Form() {}

    public static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
