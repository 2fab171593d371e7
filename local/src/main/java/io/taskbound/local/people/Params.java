// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, in its query or its form. */
final class Params {
    static final Params NONE = new Params(Map.of());

    private final Map<String, String> values;

    private Params(Map<String, String> values) {
        this.values = values;
    }

    /** @throws OauthFault when one is given twice (RFC 6749 section 3.1) */
    static Params of(@Nullable String encoded) throws OauthFault {
        var values = new LinkedHashMap<String, String>();
        for (var field : encoded == null ? new String[0] : encoded.split("&")) {
            var pair = field.split("=", 2);
            if (values.put(decoded(pair[0]), pair.length < 2 ? "" : decoded(pair[1])) != null) {
                throw new OauthFault("invalid_request", "a parameter is given twice");
            }
        }
        return new Params(values);
    }

    private static String decoded(String text) throws OauthFault {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new OauthFault("invalid_request", "malformed percent-encoding");
        }
    }

    /** Empty when it is absent. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    Params with(String name, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Params(more);
    }

    String encoded() {
        var text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        return text.toString();
    }
}
