// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PolicySecretTest {
    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void writesTheSecretForItsOwnerAloneAndPrintsItsHash() throws Exception {
        var file = folder.resolve("signer.secret");
        var ran = Ran.of("policy", "secret", "signer", "--out", file.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        var secret = Files.readString(file);
        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ran.out())
                .contains("client_secret_hashes: [\"" + sha256(secret) + "\"]")
                .doesNotContain(secret);
    }

    @Test
    void printsTheSecretAloneWhenAsked() throws Exception {
        var ran = Ran.of("policy", "secret", "signer", "--print");
        assertThat(Base64.getUrlDecoder().decode(ran.out())).hasSize(32);
        assertThat(ran.err()).contains(sha256(ran.out())).doesNotContain(ran.out());
    }

    @Test
    void neverMakesTheSameSecretTwice() {
        assertThat(Ran.of("policy", "secret", "signer", "--print").out())
                .isNotEqualTo(Ran.of("policy", "secret", "signer", "--print").out());
    }

    @Test
    void doesNotOverwriteASecretInUse() throws Exception {
        var file = Files.writeString(folder.resolve("signer.secret"), "in use");
        var ran = Ran.of("policy", "secret", "signer", "--out", file.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(file).hasContent("in use");
    }

    @Test
    void refusesANameThatNoPolicyCanHave() {
        assertThat(Ran.of("policy", "secret", "Signer!").code()).isEqualTo(2);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
