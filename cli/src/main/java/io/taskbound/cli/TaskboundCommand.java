// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.approvals.ApprovalsCommand;
import io.taskbound.cli.approvals.ApproveCommand;
import io.taskbound.cli.approvals.DenyCommand;
import io.taskbound.cli.apps.GithubAppCommand;
import io.taskbound.cli.controls.ControlsCommand;
import io.taskbound.cli.demo.DemoCommand;
import io.taskbound.cli.dev.DevCommand;
import io.taskbound.cli.guard.GuardCommand;
import io.taskbound.cli.hooks.HooksCommand;
import io.taskbound.cli.keys.KeysCommand;
import io.taskbound.cli.mcp.McpGatewayCommand;
import io.taskbound.cli.receipt.ReceiptCommand;
import io.taskbound.cli.review.PolicyCommand;
import io.taskbound.cli.run.RunCommand;
import io.taskbound.cli.serve.ServeCommand;
import io.taskbound.cli.shell.CompletionCommand;
import io.taskbound.cli.shell.ManCommand;
import io.taskbound.cli.terminal.Subcommands;
import io.taskbound.cli.tokens.TokensCommand;
import io.taskbound.cli.verify.VerifyCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line: names its commands and runs none itself. */
@Command(
        name = "taskbound",
        versionProvider = BuiltVersion.class,
        header = "Tokens for a single CI task, revoked when the task ends.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Example:",
            "  taskbound demo",
            "",
            "Exit codes: 0 done, 1 refused or failed, 2 usage error.",
            "TASKBOUND_ISSUER is the default issuer everywhere; TASKBOUND_DEBUG=1 adds stack traces to internal errors."
        },
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            DevCommand.class,
            RunCommand.class,
            ApprovalsCommand.class,
            ApproveCommand.class,
            DenyCommand.class,
            PolicyCommand.class,
            McpGatewayCommand.class,
            KeysCommand.class,
            GithubAppCommand.class,
            HooksCommand.class,
            TokensCommand.class,
            VerifyCommand.class,
            ReceiptCommand.class,
            GuardCommand.class,
            ControlsCommand.class,
            HelpCommand.class,
            VersionCommand.class,
            CompletionCommand.class,
            ManCommand.class
        })
final class TaskboundCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Override
    public void run() {
        throw Subcommands.unnamed(spec);
    }
}
