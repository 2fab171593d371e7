// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A job in the container types {@code taskbound}: the recipe's own line makes the command, and it starts the jar. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the image is a Linux")
class ContainerfileTest {
    private static final Pattern RUN = Pattern.compile("(?m)^RUN ((?:.*\\\\\\R)*.*)$");

    @TempDir
    private Path folder;

    private static String recipe() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        return Files.readString(root.resolve("release/Containerfile"));
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
        var java = Files.writeString(folder.resolve("java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var run = RUN.matcher(recipe());
        assertThat(run.find()).isTrue();

        sh(run.group(1).replace("/usr/local/bin", folder.toString()));

        assertThat(sh("taskbound run --task 'a b' -- sh -c 'exit 0'"))
                .contains("<-XX:TieredStopAtLevel=1>")
                .endsWith("<-jar></opt/taskbound/taskbound.jar><run><--task><a b><--><sh><-c><exit 0>");
        assertThat(sh("taskbound serve --port 0"))
                .as("runs for long, with both compilers")
                .doesNotContain("Tiered")
                .endsWith("<-jar></opt/taskbound/taskbound.jar><serve><--port><0>");
        assertThat(recipe()).contains("ENTRYPOINT [\"/usr/local/bin/taskbound\"]");
    }
}
