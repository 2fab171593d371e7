// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** A call that a {@link TestIssuer} got. */
record IssuerRequest(String path, Map<String, String> form) {
    static IssuerRequest of(String path, String body) {
        Map<String, String> form = Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        return new IssuerRequest(path, form);
    }

    /** Empty where it was not sent. */
    String get(String name) {
        return form.getOrDefault(name, "");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
