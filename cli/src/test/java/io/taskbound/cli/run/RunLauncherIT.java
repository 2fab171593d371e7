// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, in a folder that looks like a checkout that was just built. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere sh does not tell what it drops")
@ExtendWith(OneIssuer.class)
class RunLauncherIT {
    @TempDir
    private Path folder;

    private final LiveIssuer issuer;

    RunLauncherIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @Test
    void variablesWhoseNameIsNoIdentifierReachTheCommand() throws Exception {
        assumeTrue(hasBash(), "NOT RUN: bash is not installed");
        layOut();
        var line =
                "./taskbound run --quiet --issuer " + issuer.url() + " --task deploy --identifier env:production -- ";
        var script = "greet() {\n echo \"hello $1\"\n}\nexport -f greet\n" + line + "bash -c 'greet you; env'";
        var builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("TASKBOUND_ID_TOKEN", issuer.idToken());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("dotted.name", "kept");
        builder.environment().put("PLAIN", "kept");
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        assertThat(Files.readString(folder.resolve("out")).lines())
                .contains("hello you", "dotted.name=kept", "PLAIN=kept")
                .noneMatch(shown -> shown.startsWith("TASKBOUND_DROPPED") || shown.startsWith("tb_"));
    }

    private void layOut() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        var built = Path.of(Objects.requireNonNull(System.getProperty("taskbound.target"), "taskbound.target"));
        Files.copy(root.resolve("taskbound"), folder.resolve("taskbound"));
        Files.setPosixFilePermissions(folder.resolve("taskbound"), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("pom.xml"), "");
        var target = Files.createDirectories(folder.resolve("cli/target"));
        Files.createSymbolicLink(target.resolve("lib"), built.resolve("lib"));
        Files.copy(built.resolve("taskbound-run.jar"), target.resolve("taskbound-run.jar"));
        Files.writeString(target.resolve("taskbound.jar"), "");
        // No archive of classes: it would take longer to make than it saves.
        var archive = Files.createDirectories(folder.resolve(".taskbound"));
        Files.writeString(archive.resolve("run-" + System.getProperty("java.version") + ".jsa"), "");
    }

    private static boolean hasBash() throws InterruptedException {
        try {
            return new ProcessBuilder(List.of("bash", "--version"))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
