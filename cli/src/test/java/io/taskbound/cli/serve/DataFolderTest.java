// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.terminal.Complaint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path parent;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void isForItsOwnerAlone() throws Exception {
        var path = parent.resolve("data");
        try (var folder = DataFolder.open(path)) {
            assertThat(mode(path)).isEqualTo("rwx------");
            assertThat(mode(path.resolve("lock"))).isEqualTo("rw-------");
            assertThat(folder.signingKey().getParent()).isEqualTo(path);
        }
    }

    @Test
    void isHeldByOneServerAtATime() throws Exception {
        var path = parent.resolve("data");
        try (var first = DataFolder.open(path)) {
            assertThat(first.ledger().getParent()).isEqualTo(path);
            assertThatThrownBy(() -> DataFolder.open(path))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("Another `taskbound serve`");
        }
        DataFolder.open(path).close();
    }

    @Test
    void refusesAFileInItsPlace() throws Exception {
        var file = Files.createFile(parent.resolve("data"));
        assertThatThrownBy(() -> DataFolder.open(file)).isInstanceOf(Complaint.class);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void keepsTheLedgerFromOthersThoughTheFolderIsOpenToThem() throws Exception {
        var path = parent.resolve("open");
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (var folder = DataFolder.open(path);
                var store = LedgerStore.at(folder.ledger())) {
            assertThat(store.ledger().denyList().entries()).isEmpty();
            assertThat(mode(folder.ledger())).isEqualTo("rwx------");
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
