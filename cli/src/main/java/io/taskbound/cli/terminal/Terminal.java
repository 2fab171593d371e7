// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a person sits before this process. */
public final class Terminal {
    private Terminal() {}

    /** Whether stdin and stdout are a terminal. */
    public static boolean isThere() {
        return isTerminal(System.console());
    }

    /** Since Java 22 there may be a console without a terminal behind it. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }
}
