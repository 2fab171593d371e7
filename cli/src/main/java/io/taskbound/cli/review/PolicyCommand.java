// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.difference.PolicyDiffCommand;
import io.taskbound.cli.policytest.PolicyTestCommand;
import io.taskbound.cli.publish.PolicyLogCommand;
import io.taskbound.cli.publish.PolicyPushCommand;
import io.taskbound.cli.publish.PolicyRollbackCommand;
import io.taskbound.cli.question.PolicyWhatCanCommand;
import io.taskbound.cli.question.PolicyWhoCanCommand;
import io.taskbound.cli.roles.PolicyCheckRolesCommand;
import io.taskbound.cli.terminal.Subcommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy}: what its reviewers and the owners of resource servers ask of it. */
@Command(
        name = "policy",
        header = "Check, test, publish and explain a policy; make a resource server's secret.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound policy check infra/policy/example.yaml"},
        subcommands = {
            PolicyCheckCommand.class,
            PolicyTestCommand.class,
            PolicyCheckRolesCommand.class,
            PolicyPushCommand.class,
            PolicyLogCommand.class,
            PolicyRollbackCommand.class,
            PolicyExplainCommand.class,
            PolicyDiffCommand.class,
            PolicyWhoCanCommand.class,
            PolicyWhatCanCommand.class,
            PolicySecretCommand.class
        })
public final class PolicyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw Subcommands.unnamed(spec);
    }
}
