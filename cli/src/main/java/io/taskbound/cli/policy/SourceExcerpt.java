// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.cli.terminal.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The faulty line of the file with a caret under the place; nothing where the file has no such line. */
final class SourceExcerpt {
    private SourceExcerpt() {}

    static List<String> of(LocatedFault located) {
        return line(located.file(), located.line())
                .map(text -> List.of(
                        "  | " + Printable.of(text),
                        "  | " + " ".repeat(Math.max(0, Math.min(located.column() - 1, text.length()))) + "^"))
                .orElse(List.of());
    }

    private static Optional<String> line(Path file, int number) {
        if (number < 1) {
            return Optional.empty();
        }
        try (var lines = Files.lines(file)) {
            return lines.skip(number - 1L).findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
