// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/install.md that unpack an archive of one's own, with a program of a line in the archive. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the lines are for Linux and macOS")
class InstallPageTest {
    @TempDir
    Path folder;

    @Test
    void installsTheArchiveJustMadeAlsoTwiceAndBesideOthers() throws Exception {
        var page = Files.readString(Script.ROOT.resolve("docs/install.md"));
        var lines = page.substring(page.indexOf("archive=$(release/archive)")).split("```", 2)[0];
        var maker = Files.createDirectories(folder.resolve("release")).resolve("archive");
        Files.writeString(maker, """
                #!/bin/sh
                set -e
                version=$(cat version)
                mkdir -p target/release "made/taskbound-$version/bin"
                printf '#!/bin/sh\\necho taskbound %s\\n' "$version" >"made/taskbound-$version/bin/taskbound"
                chmod +x "made/taskbound-$version/bin/taskbound"
                tar czf "target/release/taskbound-$version-linux-x86_64.tar.gz" -C made "taskbound-$version"
                : >target/release/taskbound-action.tar.gz
                echo "target/release/taskbound-$version-linux-x86_64.tar.gz"
                """);
        assertThat(maker.toFile().setExecutable(true)).isTrue();
        for (var version : new String[] {"1.2.3", "1.2.3", "1.2.4"}) {
            Files.writeString(folder.resolve("version"), version);
            var builder = new ProcessBuilder("sh", "-e", "-c", lines)
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().put("HOME", folder.resolve("home").toString());
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).isEqualTo("taskbound " + version + "\n");
        }
    }
}
