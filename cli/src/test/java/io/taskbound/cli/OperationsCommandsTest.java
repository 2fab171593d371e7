// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.terminal.CommandContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line understands the lines of {@code taskbound} in docs/operations.md; they are not run. */
class OperationsCommandsTest {
    private static final Pattern LINE = Pattern.compile("(?m)^(?: {4}| {7})taskbound (.*)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static CommandLine commandLine() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new CommandLine(
                TaskboundCommand.class,
                new CommandMaker(new CommandContext(
                        nowhere, nowhere, new ByteArrayInputStream(new byte[0]), Map.of(), false, Clock.systemUTC())));
    }

    private static String[] words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }

    private static List<String> lines() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        return LINE.matcher(Files.readString(root.resolve("docs/operations.md")))
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    /** A command that this build lacks, with its group or within it, is on the page all the same. */
    private static boolean isBuilt(String... words) {
        var group = commandLine().getSubcommands().get(words[0]);
        return group != null
                && (group.getSubcommands().isEmpty() || group.getSubcommands().containsKey(words[1]));
    }

    @Test
    void understandsTheLinesOfTheCommandsThatItHas() throws IOException {
        assertThat(lines()).isNotEmpty();
        for (var line : lines()) {
            var words = words(line);
            if (isBuilt(words)) {
                assertThatCode(() -> commandLine().parseArgs(words)).as(line).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void doesNotUnderstandAnOptionThatThereIsNot() {
        var words = words("policy check policy.yaml --key POLICY-KEY");
        assertThat(isBuilt(words)).isTrue();
        assertThatThrownBy(() -> commandLine().parseArgs(words)).isInstanceOf(ParameterException.class);
    }
}
