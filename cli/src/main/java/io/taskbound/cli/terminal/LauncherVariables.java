// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The launcher is a script of sh, which drops variables whose name is no identifier, such as the functions that bash
 * exports. It writes them down in one that it can keep.
 */
public final class LauncherVariables {
    private static final String DROPPED = "TASKBOUND_DROPPED_BY_SH";

    private LauncherVariables() {}

    /** The environment as it was before the launcher; what is there already stays as it is. */
    public static Map<String, String> restored(Map<String, String> environment) {
        String dropped = environment.get(DROPPED);
        if (dropped == null) {
            return environment;
        }
        var whole = new LinkedHashMap<>(environment);
        whole.remove(DROPPED);
        // Not lines(), for which a carriage return in a value would be an end.
        Stream.of(dropped.split("\n")).forEach(line -> {
            int mark = line.indexOf('=');
            if (mark > 0) {
                whole.putIfAbsent(
                        line.substring(0, mark), line.substring(mark + 1).replace('\u0001', '\n'));
            }
        });
        return whole;
    }
}
