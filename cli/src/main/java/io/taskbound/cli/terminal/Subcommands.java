// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The commands of a command that runs none itself. */
public final class Subcommands {
    private Subcommands() {}

    /** For when none was named: lists them. */
    public static ParameterException unnamed(CommandSpec group) {
        var names = List.copyOf(group.subcommands().keySet());
        int last = names.size() - 1;
        return new ParameterException(
                group.commandLine(),
                "Name a command: " + String.join(", ", names.subList(0, last)) + " or " + names.get(last));
    }
}
