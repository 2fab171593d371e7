// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalDataKeysTest extends DataKeysContract {
    @TempDir
    Path folder;

    @Override
    DataKeys keys() throws IOException {
        return LocalDataKeys.loadOrCreate(folder.resolve("contract.key"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void keepsItsKeyInAFileOfItsOwnerAlone() throws IOException {
        keys();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("contract.key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("contract.key"));
        }
    }

    @Test
    void namesTheFileThatHoldsNoKeyAndNotItsContent() throws IOException {
        for (var content : new String[] {"", "canary", "canary!", "AAAA"}) {
            var file = Files.writeString(folder.resolve("bad.key"), content);
            assertThatThrownBy(() -> LocalDataKeys.loadOrCreate(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bad.key")
                    .hasNoCause()
                    .message()
                    .doesNotContain("canary");
        }
    }

    @Test
    void anotherProcessWithoutTheFileOpensNothing() throws Exception {
        var handle = new Jti("R".repeat(22), "P".repeat(32));
        var made = LocalDataKeys.generate().generate(handle);
        assertThat(LocalDataKeys.generate().open(handle, made.sealed()).getEncoded())
                .isNotEqualTo(made.plain().getEncoded());
    }
}
