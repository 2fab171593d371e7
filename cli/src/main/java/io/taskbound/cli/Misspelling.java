// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.terminal.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command or an option that does not exist, and the one that was probably meant. */
final class Misspelling {
    /** As many changed, missing or swapped letters as one makes in a hurry. */
    private static final int MAX_CHANGES = 2;

    private Misspelling() {}

    static ParameterException ofCommand(CommandLine group, String typed) {
        return new ParameterException(
                group,
                "There is no command " + Printable.of(typed)
                        + meant(typed, group.getSubcommands().keySet()));
    }

    /** In words, what picocli says of an argument that it does not know. */
    static String of(UnmatchedArgumentException unknown) {
        var typed =
                unknown.getUnmatched().isEmpty() ? "" : unknown.getUnmatched().get(0);
        var command = unknown.getCommandLine();
        if (!typed.startsWith("-")) {
            return command.getSubcommands().isEmpty()
                    ? "Unexpected argument " + Printable.of(typed)
                    : String.valueOf(ofCommand(command, typed).getMessage());
        }
        var option = typed.replaceFirst("=.*", "");
        var known = command.getCommandSpec().options().stream()
                .flatMap(each -> List.of(each.names()).stream())
                .collect(Collectors.toList());
        return "There is no option " + Printable.of(option) + meant(option, known);
    }

    /** Where a group of commands is asked for one that it does not have, with {@code --help} or without. */
    static Optional<ParameterException> in(CommandLine root, String... args) {
        var command = root;
        boolean isValue = false;
        for (var arg : args) {
            if (command.getSubcommands().isEmpty()) {
                return Optional.empty();
            }
            if (isValue || arg.startsWith("-")) {
                isValue = !isValue && takesValue(command, arg);
                continue;
            }
            var next = command.getSubcommands().get(arg);
            if (next == null) {
                return Optional.of(ofCommand(command, arg));
            }
            command = next;
        }
        return Optional.empty();
    }

    /** Of a group that can also run by itself, such as {@code guard}. */
    private static boolean takesValue(CommandLine command, String option) {
        var known = command.getCommandSpec().findOption(option);
        return known != null && known.arity().max() > 0;
    }

    private static String meant(String typed, Collection<String> known) {
        return known.stream()
                .filter(each -> changes(typed, each) <= Math.min(MAX_CHANGES, each.length() / 2))
                .min(Comparator.comparingInt(each -> changes(typed, each)))
                .map(each -> "; did you mean " + each + "?")
                .orElse("");
    }

    /** Letters to add, to take away, to change, or two neighbours to swap. */
    private static int changes(String one, String other) {
        int[][] least = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                least[i][j] = Math.min(Math.min(least[i - 1][j], least[i][j - 1]) + 1, least[i - 1][j - 1] + same);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
                }
            }
        }
        return least[one.length()][other.length()];
    }
}
