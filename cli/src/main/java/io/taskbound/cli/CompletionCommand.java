// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a script that lets bash and zsh complete commands and options. */
@Command(
        name = "completion",
        header = "Print a script that completes commands and options in bash and zsh.",
        description = {
            "",
            "Put the example's line into ~/.bashrc or ~/.zshrc. The script knows the commands of this version; with a"
                    + " new version, print it again."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound completion > ~/.taskbound-completion && . ~/.taskbound-completion"})
public final class CompletionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.out().print(AutoComplete.bash("taskbound", spec.root().commandLine()));
        context.out().flush();
        return 0;
    }
}
