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

class LocalSignerTest extends TaskSignerContract {
    @TempDir
    Path folder;

    @Override
    TaskSigner signer() throws IOException {
        return LocalSigner.loadOrCreate(folder.resolve("contract.jwk"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void keepsItsKeyInAFileOfItsOwnerAlone() throws IOException {
        var file = folder.resolve("key.jwk");
        var first = LocalSigner.loadOrCreate(file);

        assertThat(LocalSigner.loadOrCreate(file).keyId()).isEqualTo(first.keyId());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void namesTheFileThatHoldsNoKeyAndNotItsContent() throws IOException {
        for (var content : new String[] {
            "",
            "canary",
            "null",
            "[]",
            "{}",
            "{\"kty\":\"oct\",\"k\":\"canary\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"canary\",\"y\":\"canary\",\"d\":\"canary\"}"
        }) {
            var file = Files.writeString(folder.resolve("bad.jwk"), content);
            assertThatThrownBy(() -> LocalSigner.loadOrCreate(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bad.jwk")
                    .hasNoCause()
                    .message()
                    .doesNotContain("canary");
        }
    }

    @Test
    void refusesAPublicKey() throws IOException {
        var published = LocalSigner.generate()
                .publicKeys()
                .array("keys")
                .orElseThrow()
                .items()
                .get(0);
        var file = Files.writeString(folder.resolve("public.jwk"), io.taskbound.json.JsonText.of(published));
        assertThatThrownBy(() -> LocalSigner.loadOrCreate(file)).hasMessageContaining("no private P-256 key");
    }
}
