// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.Locale;
import java.util.Set;

/**
 * Ways to tell a service another method or path than the request line's, which web frameworks follow: a rule would
 * judge the one and the service would do the other.
 */
public final class Overrides {
    private static final String PARAMETER = "_method";

    private static final Set<String> METHOD_HEADERS =
            Set.of("x-http-method-override", "x-http-method", "x-method-override");

    private static final Set<String> PATH_HEADERS = Set.of("x-original-url", "x-rewrite-url");

    private Overrides() {}

    /** @param name of a header field, in lower case */
    public static boolean isHeader(String name) {
        // Some gateways and frameworks take an underscore for a dash.
        var dashed = name.replace('_', '-');
        return METHOD_HEADERS.contains(dashed) || PATH_HEADERS.contains(dashed);
    }

    /** Also as PHP reads it, to which a dot or a plus sign is an underscore. */
    static boolean isParameter(String name) {
        return name.replaceAll("[.+\\[ ]", "_").toLowerCase(Locale.ROOT).equals(PARAMETER);
    }
}
