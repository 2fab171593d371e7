// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** Completion for fish: a line for each command and each option, with what the help says of it. */
final class FishScript {
    /** The words typed so far that are not options begin with those given; --only: and there are not more. */
    private static final String PRELUDE = """
            # Completion of taskbound for fish.
            function __taskbound_in
                set -l only 0
                if test "$argv[1]" = --only
                    set only 1
                    set -e argv[1]
                end
                set -l typed
                for word in (commandline -opc)[2..-1]
                    string match -q -- '-*' $word; or set -a typed $word
                end
                if test $only = 1; and test (count $typed) -ne (count $argv)
                    return 1
                end
                for i in (seq (count $argv))
                    test "$typed[$i]" = "$argv[$i]"; or return 1
                end
            end

            complete -c taskbound -n '__taskbound_in --only' -f
            """;

    private final List<String> lines = new ArrayList<>();

    FishScript(CommandSpec root) {
        add(root, "");
    }

    String text() {
        return PRELUDE + String.join("\n", lines) + "\n";
    }

    private void add(CommandSpec command, String path) {
        command.subcommands().forEach((name, line) -> {
            var sub = line.getCommandSpec();
            if (!sub.usageMessage().hidden() && name.equals(sub.name())) {
                lines.add(where("--only", path) + " -f -a " + name + " -d "
                        + quoted(String.join(" ", sub.usageMessage().header())));
            }
        });
        for (var option : command.options()) {
            if (!option.hidden() && !option.inherited()) {
                boolean everywhere = !path.isEmpty() || option.scopeType() == ScopeType.INHERIT;
                lines.add(where(everywhere ? "" : "--only", path) + option(option));
            }
        }
        for (var parameter : command.positionalParameters()) {
            if (parameter.completionCandidates() != null) {
                lines.add(where("--only", path) + " -f -a " + choice(parameter));
            }
        }
        command.subcommands().forEach((name, line) -> {
            var sub = line.getCommandSpec();
            if (!sub.usageMessage().hidden() && name.equals(sub.name())) {
                add(sub, (path + " " + name).strip());
            }
        });
    }

    private static String where(String how, String path) {
        return "complete -c taskbound -n '" + ("__taskbound_in " + how).strip() + (" " + path).stripTrailing() + "'";
    }

    private static String option(OptionSpec option) {
        var text = new StringBuilder();
        for (var name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            text.append(takes(option));
        }
        return text + " -d " + quoted(String.join(" ", option.description()));
    }

    private static String takes(OptionSpec option) {
        if (option.completionCandidates() != null) {
            return " -x -a " + choice(option);
        }
        return option.type() == Path.class || option.type() == File.class ? " -r -F" : " -x";
    }

    private static String choice(ArgSpec argument) {
        return "'" + String.join(" ", argument.completionCandidates()) + "'";
    }

    /** The first sentence: fish shows one line. */
    private static String quoted(String text) {
        var plain = HelpText.plain(text).lines().collect(Collectors.joining(" "));
        int end = plain.indexOf(". ");
        var first = end < 0 ? plain : plain.substring(0, end + 1);
        return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
