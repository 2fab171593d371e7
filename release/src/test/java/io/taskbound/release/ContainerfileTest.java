// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A job in the container types {@code taskbound}: the recipe's own line makes the command out of an archive. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the image is a Linux")
class ContainerfileTest {
    private static final Pattern RUN = Pattern.compile("(?m)^RUN (.*)$");
    private static final Pattern ADD = Pattern.compile("(?m)^ADD (\\S+) /opt/$");

    @TempDir
    private Path folder;

    private static String recipe() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        return Files.readString(root.resolve("release/Containerfile"));
    }

    private static String only(Pattern pattern) throws IOException {
        var match = pattern.matcher(recipe());
        assertThat(match.find()).isTrue();
        return match.group(1);
    }

    private String sh(String line) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-ec", line).redirectErrorStream(true);
        builder.environment().put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void theCommandIsOnThePathAndHandsItsArgumentsOn() throws Exception {
        var program = Files.createDirectories(folder.resolve("opt/taskbound-1.2.3/bin"))
                .resolve("taskbound");
        Files.writeString(program, "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        var line = only(RUN).replace("/opt/", folder + "/opt/").replace("/usr/local/bin", folder.toString());

        assertThat(sh(line)).as("the image is not made when it does not start").isEqualTo("<--version>");
        assertThat(sh("taskbound run --task 'a b' -- sh -c 'exit 0'"))
                .isEqualTo("<run><--task><a b><--><sh><-c><exit 0>");
        assertThat(recipe()).contains("ENTRYPOINT [\"/usr/local/bin/taskbound\"]");
    }

    @Test
    void takesTheArchiveByTheNameThatItIsGiven() throws Exception {
        var name = FileSystems.getDefault().getPathMatcher("glob:" + only(ADD).replace("${ARCH}", "aarch64"));
        assertThat(name.matches(Path.of("taskbound-1.2.3-linux-aarch64.tar.gz")))
                .isTrue();
        assertThat(name.matches(Path.of("taskbound-1.2.3-linux-x86_64.tar.gz"))).isFalse();
        assertThat(Files.readString(Script.ROOT.resolve("release/archive")))
                .contains(
                        "name=taskbound-$version", "archive=$name-$os-$machine.tar.gz", "machine=aarch64", "os=linux");
    }
}
