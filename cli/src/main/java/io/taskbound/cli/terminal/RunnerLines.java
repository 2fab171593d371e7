// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.regex.Pattern;

/**
 * Lines in the log of a job on GitHub, where some are commands to the runner. Our texts repeat what others said, so no
 * line of them may be read as one.
 */
public final class RunnerLines {
    /** The runner takes its commands after blanks too, and the older form anywhere in a line. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^(\\s*):(?=:)");

    private static final String OLD_COMMAND = "##[";

    private RunnerLines() {}

    public static boolean onGithub(CommandContext context) {
        return context.variable("GITHUB_ACTIONS").filter("true"::equals).isPresent();
    }

    public static String harmless(String text) {
        return COMMAND.matcher(text).replaceAll("$1\\\\u003A").replace(OLD_COMMAND, "##\\u005B");
    }
}
