// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.Subcommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code github-app}: the App of which the issuer asks for tokens. */
@Command(
        name = "github-app",
        header = "Create the GitHub App of which the issuer asks for tokens.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound github-app create --owner acme --permission contents:write --data DIR"},
        subcommands = GithubAppCreateCommand.class)
public final class GithubAppCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw Subcommands.unnamed(spec);
    }
}
