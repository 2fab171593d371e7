// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.Reason;
import java.util.Optional;

/** The reason that is recorded with a change. */
final class ReasonOption {
    private ReasonOption() {}

    static String checked(Optional<String> typed) throws Complaint {
        return checked(typed.orElseThrow(() -> Complaint.usage(
                "A revocation needs a reason.",
                "Give --why with a sentence or the ticket: it is recorded with your ARN. No secrets.")));
    }

    static String checked(String typed) throws Complaint {
        return Reason.checked(
                "--why",
                DashedIds.plain(typed),
                "Say why in a sentence, or name the ticket: it is recorded with your ARN. No secrets.");
    }
}
