// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.terminal.CommandContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** One command, run in this process as {@code main} would run it: its exit code and what it printed. */
public record Ran(int code, String out, String err) {

    public static Ran of(String... args) {
        return with(Map.of(), "", args);
    }

    public static Ran with(Map<String, String> environment, String stdin, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var context = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                environment,
                false,
                Clock.systemUTC());
        int code = Main.run(context, args);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
