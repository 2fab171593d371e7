// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A help text whose examples can be pasted: a long one goes on in the next line after a backslash, as a shell reads it.
 * Other lines of the footer are wrapped between words.
 */
final class ExampleHelp extends Help {
    private static final int WIDTH = 98;
    private static final String EXAMPLE = "  ";
    private static final String NEXT = "      ";

    ExampleHelp(CommandSpec command, CommandLine.Help.ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public String footer(Object... params) {
        var text = new StringBuilder();
        for (var line : commandSpec().usageMessage().footer()) {
            lines(line).forEach(each -> text.append(each).append(System.lineSeparator()));
        }
        return text.toString();
    }

    private static List<String> lines(String line) {
        var lines = new ArrayList<String>();
        var rest = line;
        boolean example = line.startsWith(EXAMPLE);
        int first = example ? EXAMPLE.length() + 1 : 1;
        while (rest.length() > WIDTH) {
            int end = rest.lastIndexOf(' ', example ? WIDTH - 2 : WIDTH);
            // Before an option, so that it stays with its value.
            int option = example ? rest.lastIndexOf(" -", end) : -1;
            int cut = option > first + NEXT.length() ? option : end;
            if (cut <= first) {
                break;
            }
            lines.add(rest.substring(0, cut) + (example ? " \\" : ""));
            rest = (example ? NEXT : "") + rest.substring(cut + 1);
        }
        lines.add(rest);
        return lines;
    }
}
