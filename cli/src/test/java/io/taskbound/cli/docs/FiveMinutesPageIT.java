// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.local.OnAwsServer;
import io.taskbound.local.OwnPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What administrators type on docs/five-minutes.md, in a folder that stands for a checkout; but the zip is built. */
@Tag("long")
@ExtendWith(OnAwsServer.class)
class FiveMinutesPageIT {
    private static final Path ZIP = Trial.ROOT.resolve("issuer-lambda/target/taskbound-issuer.zip");

    @TempDir
    private Path folder;

    @Test
    void theStackIsDeployedAndAnIssuerRunsWithItsTableAndPolicy() throws Exception {
        assumeTrue(Program.isInstalled("curl") && Program.isInstalled("bash"), "NOT RUN: curl or bash is not here");
        assumeTrue(Files.exists(ZIP), "NOT RUN: the function's zip was not built");
        int aws = OwnPort.find();
        int issuer = OwnPort.find();
        var trial = Trial.of("five-minutes.md", "Cloud administrators", folder);
        var blocks = trial.blocks().stream()
                .map(block -> block.replace("5000", Integer.toString(aws))
                        .replace("8787", Integer.toString(issuer))
                        .replace("infra/package", "infra/package --zip '" + ZIP + "'")
                        .replace("--data .taskbound/stack", "--data .taskbound/stack --port " + issuer))
                .toList();
        assertThat(blocks).hasSize(3);
        for (var part : List.of("infra", "local")) {
            Files.createSymbolicLink(
                    folder.resolve(part), Trial.ROOT.resolve(part).toAbsolutePath());
        }
        Files.createDirectory(folder.resolve("target"));
        Files.createSymbolicLink(
                folder.resolve("target/aws-server"),
                Trial.ROOT.resolve("target/aws-server").toAbsolutePath());

        try (var terminals = new Terminals(folder)) {
            terminals.type(blocks.get(0).replace("; cat)", "; sleep 600)"), aws, "http://127.0.0.1:" + aws);
            var said = terminals.type("export HOME=\"$PWD\"\n" + blocks.get(1), issuer, "listening on");

            assertThat(Files.readString(said)).contains("task sign-release", "In force  v1");
            assertThat(trial.sh("", blocks.get(2))).isEqualTo("{\"status\":\"ok\"}");
        }
    }
}
