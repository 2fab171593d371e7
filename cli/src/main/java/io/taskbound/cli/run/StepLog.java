// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.RunnerLines;
import java.util.Collection;

/**
 * What we say around a command: on stderr, since stdout is the command's own. Texts of ours repeat what others said, so
 * on GitHub no line of them may be read as a command to the runner.
 */
record StepLog(CommandContext context, boolean quiet) {
    /** Linux, macOS and Windows take 4096 octets or more of a pipe at once. */
    private static final int PIECE = 4000;

    /** What went as it should; left out when told to be quiet. */
    void note(String text) {
        if (!quiet) {
            warn(text);
        }
    }

    void warn(String text) {
        write(onGithub() ? RunnerLines.harmless(text) : text);
    }

    boolean onGithub() {
        return RunnerLines.onGithub(context);
    }

    /** A command that the runner is to heed; the value is ours. */
    void command(String name, String value) {
        print(line(name, value));
    }

    /**
     * The same while a command prints to the same stream: it may have left a line open, and what is longer than a pipe
     * takes in one piece could be torn by its output, and a mask shown. What is too long for one piece is left out.
     */
    void commandsAmid(String name, Collection<String> values) {
        var piece = new StringBuilder();
        for (var value : values) {
            var line = line(name, value);
            if (piece.length() + line.length() > PIECE) {
                print(piece.toString());
                piece.setLength(0);
            }
            if (line.length() < PIECE) {
                piece.append(piece.isEmpty() ? System.lineSeparator() : "").append(line);
            }
        }
        print(piece.toString());
    }

    private static String line(String name, String value) {
        return "::" + name + "::" + value.replace("%", "%25") + System.lineSeparator();
    }

    private void write(String text) {
        print(text + System.lineSeparator());
    }

    private void print(String text) {
        // One write, so that no line of the command's gets in between.
        context.err().print(text);
        context.err().flush();
    }
}
