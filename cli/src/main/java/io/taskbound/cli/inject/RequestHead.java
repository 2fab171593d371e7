// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it came, before its body.
 *
 * @param target as in the request line, nothing decoded
 * @param headers by name in small letters, with all values in order
 */
record RequestHead(String method, String target, Map<String, List<String>> headers) {
    RequestHead {
        var all = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = all;
    }

    /** All values of a header; none where it is absent. */
    List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return headers.containsKey(name);
    }

    /** Nothing of a request belongs into a log. */
    @Override
    public String toString() {
        return "RequestHead[" + method + "]";
    }
}
