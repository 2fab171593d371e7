// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Asks before something is done that others will feel: on stderr, since stdout may be read by a program. Silence is a
 * no.
 */
public final class Consent {
    private static final Set<String> YES = Set.of("y", "yes");

    private Consent() {}

    /**
     * @param given whether it was given with {@code --yes}
     * @throws Complaint when the answer is no, or there is nobody to ask
     */
    public static void require(String question, boolean given, CommandContext context) throws Complaint {
        if (given) {
            return;
        }
        context.err().print(question + " [y/N] ");
        context.err().flush();
        var answer = answer(context);
        if (!YES.contains(answer.strip().toLowerCase(Locale.ROOT))) {
            context.err().println();
            throw Complaint.refused("Not confirmed, so nothing was changed.", "Answer y, or use --yes in scripts.");
        }
    }

    private static String answer(CommandContext context) {
        try {
            var line = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException nobodyThere) {
            return "";
        }
    }
}
