// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.CommandContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a command as a shell would, so that no token is asked for on behalf of one that cannot be run. */
final class Executable {
    static final int NOT_EXECUTABLE = 126;
    static final int NOT_FOUND = 127;
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final CommandContext context;

    Executable(CommandContext context) {
        this.context = context;
    }

    /** The exit code of a shell that cannot run it; empty when it can be run. */
    Optional<Integer> fault(String command) {
        try {
            return fault(candidates(command));
        } catch (InvalidPathException noPath) {
            return Optional.of(NOT_FOUND);
        }
    }

    /** What to hand to the system. On Windows it would not find what is no {@code .exe}. */
    List<String> located(List<String> command) {
        if (!WINDOWS) {
            return command;
        }
        var located = new ArrayList<>(command);
        candidates(command.get(0))
                .filter(Files::isRegularFile)
                .findFirst()
                .ifPresent(file -> located.set(0, file.toString()));
        return located;
    }

    private static Optional<Integer> fault(Stream<Path> candidates) {
        List<Path> there = candidates.filter(Files::exists).toList();
        if (there.stream().anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file))) {
            return Optional.empty();
        }
        return Optional.of(there.isEmpty() ? NOT_FOUND : NOT_EXECUTABLE);
    }

    private Stream<Path> candidates(String command) {
        boolean isPath = command.contains("/") || command.contains(File.separator);
        var folders = isPath ? Stream.of("") : folders();
        return folders.map(folder -> Path.of(folder, command)).flatMap(this::spellings);
    }

    private Stream<String> folders() {
        var path = context.variable("PATH").or(() -> context.variable("Path"));
        // An empty entry is the working folder.
        return Arrays.stream(path.orElse("/usr/bin:/bin").split(File.pathSeparator, -1));
    }

    private Stream<Path> spellings(Path file) {
        if (!WINDOWS) {
            return Stream.of(file);
        }
        var endings = context.variable("PATHEXT").orElse(".COM;.EXE;.BAT;.CMD");
        return Stream.concat(Stream.of(file), Arrays.stream(endings.split(";")).map(ending -> Path.of(file + ending)));
    }
}
