// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Surroundings;
import io.taskbound.cli.terminal.Terminal;
import java.io.IOException;

/** A person's yes before something is written. */
final class Consent {
    private static final int LONGEST = 100;

    private Consent() {}

    /** Returns when it was given; {@code said} on the command line, or typed at a terminal. */
    static void require(boolean said, String question, Surroundings surroundings) throws Complaint {
        if (said) {
            return;
        }
        if (!Terminal.isThere()) {
            throw Complaint.usage(
                    "Nothing was written: there is no terminal at which to ask you.",
                    "Look what it would do with --dry-run, then say --yes.");
        }
        surroundings.err().print(question + " Type yes: ");
        surroundings.err().flush();
        if (!typed(surroundings).equals("yes")) {
            throw Complaint.refused("Nothing was written: you did not type yes.", "Run it again to revoke.");
        }
    }

    private static String typed(Surroundings surroundings) throws Complaint {
        var line = new StringBuilder();
        try {
            for (int octet = surroundings.in().read();
                    octet >= 0 && octet != '\n' && line.length() < LONGEST;
                    octet = surroundings.in().read()) {
                line.append((char) octet);
            }
        } catch (IOException closed) {
            throw Complaint.refused("Nothing was written: your answer cannot be read.", "Say --yes instead.");
        }
        return line.toString().strip();
    }
}
