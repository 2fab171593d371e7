// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.report;

import io.taskbound.cli.terminal.CommandContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The folder of the checked-out sources, from which reports name their files: {@code GITHUB_WORKSPACE} on GitHub's
 * runner, elsewhere the folder that the command runs in.
 */
public final class SourceRoot {
    private final Path root;

    private SourceRoot(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public static SourceRoot of(CommandContext context) {
        try {
            return new SourceRoot(Path.of(context.variable("GITHUB_WORKSPACE").orElse("")));
        } catch (InvalidPathException noPath) {
            return new SourceRoot(Path.of(""));
        }
    }

    /** The file as its path from the root, with slashes; empty where it is not below. */
    public Optional<String> below(Path file) {
        var whole = file.toAbsolutePath().normalize();
        return whole.startsWith(root) && !whole.equals(root)
                ? Optional.of(StreamSupport.stream(root.relativize(whole).spliterator(), false)
                        .map(Path::toString)
                        .collect(Collectors.joining("/")))
                : Optional.empty();
    }

    /** The same, or the whole path of a file that is not below. */
    public String name(Path file) {
        return below(file).orElseGet(() -> file.toAbsolutePath().normalize().toString());
    }
}
