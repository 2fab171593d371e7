// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.Map;

/** The environment of a process that is to be started. */
public final class ProcessEnvironment {
    private ProcessEnvironment() {}

    /**
     * Makes a process builder's environment hold just this. Values that are there already stay as they are: Java could
     * not write them back byte by byte.
     */
    public static void replace(Map<String, String> builders, Map<String, String> wanted) {
        builders.keySet().retainAll(wanted.keySet());
        wanted.forEach((name, value) -> {
            if (!value.equals(builders.get(name))) {
                builders.put(name, value);
            }
        });
    }
}
