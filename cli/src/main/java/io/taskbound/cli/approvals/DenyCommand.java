// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.DashedIds;
import picocli.CommandLine.Command;

/** {@code deny}. */
@Command(
        name = "deny",
        preprocessor = DashedIds.class,
        header = "Show what a step is about to do, and deny it.",
        description = {
            "",
            "The same as `approve`, with the other answer: the waiting step ends at once, and your comment is recorded."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footer = {
            "",
            "Example:",
            "  taskbound deny ID --comment \"not during the audit\"",
            "",
            "Exit codes: 0 recorded, 1 refused or not confirmed, 2 usage error."
        })
public final class DenyCommand extends Deciding {
    public DenyCommand(CommandContext context) {
        super(context, false);
    }
}
