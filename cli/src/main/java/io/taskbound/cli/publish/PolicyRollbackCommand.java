// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code policy rollback}: an old text as a new version. */
@Command(
        name = "rollback",
        header = "Publish the text of an old version again.",
        description = {
            "",
            "The old text becomes a new version, so that numbers only grow: an issuer refuses a version number"
                    + " that goes back. It is checked against today's rules, the difference is shown, and it is signed"
                    + " again; with --key, only a text that this key has signed before is accepted."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound policy rollback 3 --stack taskbound"})
public final class PolicyRollbackCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "N", description = "The version's number, as listed by `policy log`.")
    private long number;

    @Mixin
    private PublishOptions options = new PublishOptions();

    public PolicyRollbackCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (number < 1) {
            throw Complaint.usage("Versions count from 1.", "`taskbound policy log` lists the versions.");
        }
        var issuer = options.issuer(context);
        return Publisher.publish(
                options, context, (store, key, table) -> new OldText(store, issuer, context).of(number, key, table));
    }
}
