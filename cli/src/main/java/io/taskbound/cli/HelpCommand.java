// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.terminal.CommandContext;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: the same text as {@code --help} after the command. */
@Command(
        name = "help",
        header = "Show the help of a command.",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footer = {"", "Examples:", "  taskbound help policy push", "  taskbound policy push --help"})
public final class HelpCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, such as policy push.")
    private List<String> words = List.of();

    public HelpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var command = spec.parent().commandLine();
        for (var word : words) {
            var next = command.getSubcommands().get(word);
            if (next == null) {
                throw Misspelling.ofCommand(command, word);
            }
            command = next;
        }
        context.out().print(command.getUsageMessage(command.getColorScheme()));
        context.out().flush();
        return 0;
    }
}
