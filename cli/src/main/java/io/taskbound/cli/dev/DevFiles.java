// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** The folder of {@code serve --dev}: 0700, what lies in it 0600; removed at the end unless the user chose it. */
final class DevFiles implements AutoCloseable {
    private final Path folder;
    private final boolean temporary;

    private DevFiles(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    static DevFiles in(Optional<Path> chosen) throws Complaint {
        try {
            return chosen.isPresent()
                    ? new DevFiles(PrivateFile.folder(chosen.get()), false)
                    : new DevFiles(PrivateFile.temporaryFolder("taskbound-dev-"), true);
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    /** What a run before this one has left there. */
    Optional<String> kept(String name) throws Complaint {
        try {
            return Files.exists(at(name)) ? Optional.of(Files.readString(at(name))) : Optional.empty();
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    Path write(String name, String text) throws Complaint {
        try {
            PrivateFile.write(at(name), text);
            return at(name);
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    private static Complaint unusable(IOException fault) {
        return Complaint.refused(
                "The files of --dev cannot be used: " + FileTrouble.words(fault) + ".",
                "Name a folder that you may write to with --data.");
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
