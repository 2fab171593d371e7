// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void isForItsOwnerAloneEvenWhereAWiderFileStood() throws IOException {
        var file = Files.writeString(folder.resolve("f"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        PrivateFile.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(folder).as("nothing is left beside it").isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void appendsAcrossOpenings() throws IOException {
        var file = folder.resolve("log");
        for (var line : new String[] {"a\n", "b\n"}) {
            try (var out = PrivateFile.append(file)) {
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(file).hasContent("a\nb\n");
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void refusesToReplaceWhatMustBeNew() throws IOException {
        var file = Files.createFile(folder.resolve("f"));
        assertThatThrownBy(() -> PrivateFile.writeNew(file, "x")).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void makesFoldersForTheirOwnerAlone() throws IOException {
        assertThat(mode(PrivateFile.folder(folder.resolve("a/b")))).isEqualTo("rwx------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
