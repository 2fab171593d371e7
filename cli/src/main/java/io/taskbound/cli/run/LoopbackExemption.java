// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code NO_PROXY} with this machine on it. Without it a command that has a proxy of the network in its environment
 * would send requests to 127.0.0.1 there, together with the path's secret.
 */
final class LoopbackExemption {
    private static final String HERE = "127.0.0.1";
    private static final String ALL = "*";

    private LoopbackExemption() {}

    /** In both spellings, since each is the only one to some program; a list that stands in one goes into both. */
    static Map<String, String> of(Map<String, String> own) {
        var small = own.getOrDefault("no_proxy", "").strip();
        var capital = own.getOrDefault("NO_PROXY", "").strip();
        return Map.of(
                "no_proxy",
                with(small.isEmpty() ? capital : small),
                "NO_PROXY",
                with(capital.isEmpty() ? small : capital));
    }

    private static String with(String list) {
        // An asterisk is for everything only where it stands alone.
        if (list.equals(ALL) || Stream.of(list.split("[,\\s]+")).anyMatch(HERE::equals)) {
            return list;
        }
        return list.isEmpty() ? HERE : list + "," + HERE;
    }
}
