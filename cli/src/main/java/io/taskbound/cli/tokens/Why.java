// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;

/** The reason that is recorded with a change. */
final class Why {
    private static final int LONGEST = 500;

    private Why() {}

    static String checked(String typed) throws Complaint {
        var why = typed.strip();
        if (why.isEmpty() || why.length() > LONGEST) {
            throw Complaint.usage(
                    "--why is empty, or longer than " + LONGEST + " characters.",
                    "Say in a sentence why, or name the ticket: it is recorded beside your ARN. No secrets.");
        }
        return why;
    }
}
