// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The formula names the archives that a release has, and no other. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "releases are made on Linux")
class HomebrewFormulaTest {
    /** As sha256sum says it of {@code one}. */
    private static final String SHA256_OF_ONE = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";

    @TempDir
    private Path folder;

    private Ended formula(String version) throws Exception {
        return Script.run(
                folder,
                List.of(
                        "bash",
                        Script.ROOT.resolve("release/homebrew-formula").toString(),
                        version,
                        folder.toString()));
    }

    @Test
    void namesEachArchiveOfTheVersionWithItsChecksum() throws Exception {
        Files.writeString(folder.resolve("taskbound-1.2.3-macos-aarch64.tar.gz"), "one");
        Files.writeString(folder.resolve("taskbound-1.2.3-linux-x86_64.tar.gz"), "two");
        Files.writeString(folder.resolve("taskbound-1.2.2-linux-aarch64.tar.gz"), "three");
        var ran = formula("1.2.3");
        assertThat(ran.code()).as(ran.output()).isZero();
        assertThat(ran.output())
                .contains(
                        "version \"1.2.3\"",
                        """
                          on_macos do
                            on_arm do
                              url "https://github.com/taskbound/taskbound/releases/download/v1.2.3/taskbound-1.2.3-macos-aarch64.tar.gz"
                              sha256 "%s"
                            end
                          end
                        """.formatted(SHA256_OF_ONE),
                        "/v1.2.3/taskbound-1.2.3-linux-x86_64.tar.gz\"")
                .doesNotContain("1.2.2", "linux-aarch64", "macos-x86_64");
    }

    @Test
    void isNoneWithoutAnArchive() throws Exception {
        assertThat(formula("1.2.3"))
                .isEqualTo(new Ended(1, "homebrew-formula: no archive of version 1.2.3 in " + folder + "\n"));
    }

    @Test
    void aDebianPackageIsMadeOfAnArchiveForLinuxAlone() throws Exception {
        var archive = Files.writeString(folder.resolve("taskbound-1.2.3-macos-aarch64.tar.gz"), "");
        var ran = Script.run(
                folder,
                List.of("bash", Script.ROOT.resolve("release/deb").toString(), archive.toString(), folder.toString()));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).containsAnyOf("is not an archive for Linux", "dpkg-deb is needed, and is not here");
    }
}
