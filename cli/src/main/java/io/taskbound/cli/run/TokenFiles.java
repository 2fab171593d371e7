// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.client.TaskToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fresh folder for the user alone, outside the workspace, with the token in two files: {@code token}, and
 * {@code header} for {@code curl -H @FILE}. Made before the token is asked for, so that a full disk costs none.
 */
final class TokenFiles {
    /** The first is emptied by its runner after each job, even if we are killed; the second goes with the session. */
    private static final List<String> FOLDERS = List.of("RUNNER_TEMP", "XDG_RUNTIME_DIR", "TMPDIR", "TEMP");

    /** Where CI systems check sources out and collect artifacts from. */
    private static final List<String> WORKSPACES = List.of(
            "GITHUB_WORKSPACE",
            "CI_PROJECT_DIR",
            "WORKSPACE",
            "BUILDKITE_BUILD_CHECKOUT_PATH",
            "CIRCLE_WORKING_DIRECTORY");

    private final Path folder;

    private TokenFiles(Path folder) {
        this.folder = folder;
    }

    static TokenFiles prepare(CommandContext context) throws Complaint {
        var places = Stream.concat(
                        FOLDERS.stream().map(context::variable).flatMap(Optional::stream),
                        Stream.of(System.getProperty("java.io.tmpdir")))
                .map(Path::of)
                .filter(place -> place.isAbsolute() && Files.isWritable(place) && isOutside(place, context))
                .toList();
        for (var place : places) {
            try {
                return new TokenFiles(PrivateFile.temporaryFolderIn(place, "taskbound-"));
            } catch (IOException full) {
                // The next place may have room.
                continue;
            }
        }
        throw Complaint.refused(
                "No writable folder outside the workspace for the token file.",
                "Set TMPDIR to a folder that this user may write to, outside the checkout.");
    }

    private static boolean isOutside(Path place, CommandContext context) {
        return WORKSPACES.stream()
                .map(context::variable)
                .flatMap(Optional::stream)
                .map(Path::of)
                .noneMatch(workspace -> real(place).startsWith(real(workspace)));
    }

    /** Through symbolic links, where there are any. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            return path.toAbsolutePath().normalize();
        }
    }

    Path token() {
        return folder.resolve("token");
    }

    /** One line, {@code Authorization: Bearer …}. */
    Path header() {
        return folder.resolve("header");
    }

    void write(TaskToken token) throws IOException {
        PrivateFile.writeNew(token(), token.reveal());
        PrivateFile.writeNew(header(), "Authorization: Bearer " + token.reveal() + "\n");
    }

    /** Safe to call again and from several threads; true when nothing is left. */
    boolean delete() {
        return delete(token()) & delete(header()) & deleteFolder();
    }

    private static boolean delete(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    /** What the command itself put beside our files is not ours to keep: the folder was ours alone. */
    private boolean deleteFolder() {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var left = Files.walk(folder)) {
            return left.sorted((a, b) -> b.compareTo(a)).allMatch(TokenFiles::delete);
        } catch (IOException | UncheckedIOException vanishing) {
            return !Files.exists(folder);
        }
    }

    Path folder() {
        return folder;
    }
}
