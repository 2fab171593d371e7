// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command may touch of the process it runs in; commands use nothing else of it, so that tests can run them in
 * process.
 *
 * @param colours whether {@code out} is a terminal that wants colours
 */
public record CommandContext(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        boolean colours,
        Clock clock) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** The same, with stderr for what people read: stdout is left for a program. */
    public CommandContext aside() {
        return new CommandContext(err, err, in, environment, false, clock);
    }

    /** An environment variable; an empty one counts as absent. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    public void say(String line) {
        out.println(line);
    }

    /** All of the lines at once: thousands of them are not thousands of writes. */
    public void say(List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(String.join(System.lineSeparator(), lines));
        }
    }

    public void warn(String line) {
        err.println(line);
    }

    public String green(String text) {
        return coloured("32", text);
    }

    public String red(String text) {
        return coloured("31", text);
    }

    public String faint(String text) {
        return coloured("2", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
