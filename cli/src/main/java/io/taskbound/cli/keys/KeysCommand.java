// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.apps.ImportGithubAppCommand;
import io.taskbound.cli.terminal.Subcommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys}: the keys of an issuer. */
@Command(
        name = "keys",
        header = "List, rotate and retire the keys that sign task tokens; import an App's key.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound keys list --table taskbound"},
        subcommands = {
            KeysListCommand.class,
            KeysRotateCommand.class,
            KeysRetireCommand.class,
            ImportGithubAppCommand.class
        })
public final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw Subcommands.unnamed(spec);
    }
}
