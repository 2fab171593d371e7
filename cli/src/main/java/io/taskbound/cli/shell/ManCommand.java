// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

import io.taskbound.cli.terminal.CommandContext;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code man}: the manual page of all commands. */
@Command(
        name = "man",
        header = "Print the manual page, for `man`.",
        description = {"", "The archive of a release has it in share/man."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound man > taskbound.1 && man ./taskbound.1"})
public final class ManCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ManCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        context.out().print(new ManPage(spec.root(), date()).text());
        context.out().flush();
        return 0;
    }

    /** Of the sources, not of the build: the same sources make the same page. */
    private static String date() throws IOException {
        var built = new Properties();
        try (var file = ManCommand.class.getResourceAsStream("/io/taskbound/cli/built.properties")) {
            built.load(file);
        }
        return built.getProperty("date").substring(0, "2026-11-23".length());
    }
}
