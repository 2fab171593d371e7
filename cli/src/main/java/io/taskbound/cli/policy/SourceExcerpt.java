// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.cli.terminal.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The faulty line of the file with a caret under the place; nothing where the file has no such line. */
final class SourceExcerpt {
    private final Map<Path, List<String>> read = new HashMap<>();

    List<String> of(LocatedFault located) {
        var lines = read.computeIfAbsent(located.file(), SourceExcerpt::lines);
        if (located.line() < 1 || located.line() > lines.size()) {
            return List.of();
        }
        var text = lines.get(located.line() - 1);
        return List.of(
                "  | " + Printable.of(text),
                "  | " + " ".repeat(Math.max(0, Math.min(located.column() - 1, text.length()))) + "^");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }
}
