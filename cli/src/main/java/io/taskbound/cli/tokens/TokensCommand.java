// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Subcommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tokens}: the administrator's view, with own AWS credentials. */
@Command(
        name = "tokens",
        header = "List, show and revoke tokens, with your own AWS credentials.",
        description = {
            "",
            "Works on the issuer's table; a revocation is in force from the issuer's next request on."
                    + " docs/tokens.md walks through an incident and lists the permissions a role needs."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound tokens list --stack taskbound --state alive"},
        subcommands = {ListCommand.class, ShowCommand.class, RevokeCommand.class, DeniedCommand.class, LiftCommand.class
        })
public final class TokensCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw Subcommands.unnamed(spec);
    }
}
