// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code version}: the same line as {@code --version}. */
@Command(
        name = "version",
        header = "Show the version.",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound version"})
public final class VersionCommand implements Callable<Integer> {
    private final CommandContext context;

    public VersionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        for (var line : new BuiltVersion().getVersion()) {
            context.say(line);
        }
        return 0;
    }
}
