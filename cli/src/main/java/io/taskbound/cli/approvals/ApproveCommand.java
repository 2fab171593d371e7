// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.DashedIds;
import picocli.CommandLine.Command;

/** {@code approve}. */
@Command(
        name = "approve",
        preprocessor = DashedIds.class,
        header = "Show what a step is about to do, and approve it.",
        description = {
            "",
            "Shows what the issuer would grant, to whom, and asks. The decision goes to the issuer with the hash of the"
                    + " text that was shown here, so it is about nothing else. You prove who you are by an ID token: of a"
                    + " workflow that you started, or of your company's identity provider; the policy says whose approval"
                    + " counts. You cannot approve what you asked for yourself. A decision uses up the ID token; looking"
                    + " does not."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound approve https://tokens.acme.example/approve/ID --id-token-command ./my-id-token.sh",
            "  taskbound approve ID --yes --shown HASH --comment \"CHG0031337\"",
            "",
            "Exit codes: 0 recorded, 1 refused or not confirmed, 2 usage error."
        })
public final class ApproveCommand extends Deciding {
    public ApproveCommand(CommandContext context) {
        super(context, true);
    }
}
