// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.terminal.Subcommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dev}: tokens for people without a CI, and a table for people without a cloud. */
@Command(
        name = "dev",
        header = "Get tokens without a CI, from `serve --dev` only; run a DynamoDB table on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Example:",
            "  taskbound dev token --as github:acme/shop@main --task deploy --identifier"
                    + " environment:acme/shop/staging --out token.txt"
        },
        subcommands = {DevTokenCommand.class, DevIdTokenCommand.class, DevDynamodbCommand.class})
public final class DevCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw Subcommands.unnamed(spec);
    }
}
