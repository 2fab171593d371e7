// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** One page of section 1 with every command and option, in the words of their help. */
final class ManPage {
    private final Roff roff = new Roff();
    private final CommandSpec root;
    private final String date;

    /** @param date of the sources, such as 2026-11-23 */
    ManPage(CommandSpec root, String date) {
        this.root = root;
        this.date = date;
    }

    String text() {
        roff.title("TASKBOUND", "1", date, root.version()[0].replaceFirst(",.*", ""));
        roff.section("NAME");
        roff.paragraph("taskbound - " + sentence(root));
        roff.section("SYNOPSIS");
        roff.synopsis(synopsis(root));
        roff.section("DESCRIPTION");
        roff.paragraph(
                "A CI step declares what it is about to do and gets a token for exactly that action on exactly that"
                        + " target. The token dies with the step. Each command has a help of its own: taskbound COMMAND --help.");
        roff.section("OPTIONS");
        arguments(root);
        roff.section("COMMANDS");
        commands(root, "taskbound");
        roff.section("EXIT STATUS");
        roff.item("0", "Done. For run: the command's own exit code, whatever it is.");
        roff.item("1", "Refused or failed. For run: no token or credential could be had; the command was not run.");
        roff.item("2", "Usage error.");
        roff.item("126, 127", "For run: the command is not executable, or was not found.");
        roff.item("128 + n", "For run: signal n ended the command, or came before it started.");
        roff.section("ENVIRONMENT");
        roff.item("TASKBOUND_ISSUER", "The default issuer of every command that talks to one.");
        roff.item("TASKBOUND_DEBUG", "1: internal errors are printed with their stack traces.");
        roff.item("https_proxy, all_proxy, no_proxy", "The proxy, read as curl does, also in capitals.");
        roff.item("NO_COLOR", "Not empty: no colours.");
        roff.paragraph("Further variables stand with the options that they are the default of.");
        roff.section("FILES");
        roff.item(
                "$XDG_CACHE_HOME/taskbound, ~/.cache/taskbound",
                "DynamoDB Local, which demo and serve of an archive fetch when they first need it. It can be deleted.");
        roff.section("SEE ALSO");
        roff.paragraph("https://github.com/taskbound/taskbound/tree/main/docs");
        return roff.text();
    }

    private void commands(CommandSpec parent, String path) {
        parent.subcommands().forEach((name, line) -> {
            var command = line.getCommandSpec();
            // Not again by another name.
            if (command.usageMessage().hidden() || !name.equals(command.name())) {
                return;
            }
            var full = path + " " + name;
            roff.subsection(full);
            roff.paragraph(sentence(command));
            roff.synopsis(synopsis(command));
            texts(command.usageMessage().description());
            arguments(command);
            texts(command.usageMessage().footer());
            commands(command, full);
        });
    }

    private static String sentence(CommandSpec command) {
        return HelpText.plain(String.join(" ", command.usageMessage().header()));
    }

    /** As the help has it, on one line. */
    private static String synopsis(CommandSpec command) {
        return new Help(command, Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .strip()
                .replaceAll("\\s+", " ");
    }

    private void arguments(CommandSpec command) {
        command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .forEach(parameter -> roff.item(parameter.paramLabel(), description(parameter)));
        command.options().stream()
                .filter(option -> !option.hidden() && !option.inherited())
                .forEach(option -> roff.item(
                        String.join(", ", option.names()) + (option.arity().max() > 0 ? " " + option.paramLabel() : ""),
                        description(option)));
    }

    private static String description(ArgSpec argument) {
        var text = HelpText.plain(String.join(" ", argument.description()));
        return text.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()))
                .replace("${COMPLETION-CANDIDATES}", candidates(argument));
    }

    private static String candidates(ArgSpec argument) {
        return argument.completionCandidates() == null ? "" : String.join(", ", argument.completionCandidates());
    }

    /** Lines that begin with two spaces are examples and stay as they are. */
    private void texts(String... lines) {
        for (var line : List.of(lines)) {
            HelpText.plain(line).lines().forEach(each -> {
                if (each.startsWith("  ")) {
                    roff.example(each.strip());
                } else if (!each.isBlank()) {
                    roff.paragraph(each);
                }
            });
        }
    }
}
