// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Reason;
import java.util.Optional;

/** The reason that is recorded with a change. */
final class ReasonOption {
    private ReasonOption() {}

    static String checked(Optional<String> typed) throws Complaint {
        return checked(typed.orElseThrow(() -> Complaint.usage(
                "Nothing is revoked without a reason.",
                "Say --why and a sentence or the ticket: it is recorded beside your ARN. No secrets.")));
    }

    static String checked(String typed) throws Complaint {
        return Reason.checked(
                "--why",
                typed,
                "Say in a sentence why, or name the ticket: it is recorded beside your ARN. No secrets.");
    }
}
