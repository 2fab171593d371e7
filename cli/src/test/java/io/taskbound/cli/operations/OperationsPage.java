// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** docs/operations.md and the files that it shows. */
final class OperationsPage {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    /** A line of a block that is set in, with those that continue it. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?: {4}| {7})((?:aws|taskbound|infra|bench)\\b.*)$");

    private OperationsPage() {}

    static String text() throws IOException {
        return Files.readString(ROOT.resolve("docs/operations.md"));
    }

    static String example(String name) throws IOException {
        return Files.readString(ROOT.resolve("docs/examples").resolve(name));
    }

    /** Lines of commands that begin with this program, without the comment after them. */
    static List<String> commands(String program) throws IOException {
        var whole = text().replaceAll("\\\\\\R\\s*", " ");
        return COMMAND.matcher(whole)
                .results()
                .map(line -> line.group(1).replaceAll("\\s+#.*", ""))
                .filter(line -> line.split("[ /]")[0].equals(program))
                .toList();
    }
}
