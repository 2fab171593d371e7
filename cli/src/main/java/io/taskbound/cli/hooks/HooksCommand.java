// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.Subcommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hooks}: the secrets of the policy's hooks. */
@Command(
        name = "hooks",
        header = "Make, list and retire the secrets by which CI systems report ended runs.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound hooks list --stack taskbound"},
        subcommands = {HooksSecretCommand.class, HooksListCommand.class, HooksRetireCommand.class})
public final class HooksCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw Subcommands.unnamed(spec);
    }
}
