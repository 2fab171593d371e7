// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.TaskboundProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** docs/receipts.md, "Try it on this machine", as a reader follows it, but for the port. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class ReceiptsPageIT {
    @TempDir
    private Path folder;

    /** Once with the issuer there, and the verification again when it is gone. */
    @Test
    void aStepsReceiptIsVerifiedOfflineAndAChangedOneIsRefused() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        assumeTrue(Program.isInstalled("openssl"), "openssl is not installed");
        var trial = Trial.of("receipts.md", "Try it on this machine", folder);
        var blocks = trial.blocks();
        assertThat(blocks).hasSize(4);
        assertThat(blocks.get(0)).isEqualTo("./taskbound serve --dev --data try --port 8787\n");
        var verify = blocks.get(2).substring(blocks.get(2).indexOf("./taskbound verify"));
        try (var issuer = TaskboundProcess.start(
                "serve", "--dev", "--data", folder.resolve("try").toString(), "--port", "0")) {
            var printed = trial.sh(issuer.awaitUrl(), blocks.get(1) + blocks.get(2));
            assertThat(printed)
                    .contains(
                            "\"active\":true", "redeemed   ", "used up: dev redeemed its last use", "signature  valid");
        }
        assertThat(trial.sh("", verify)).contains("signature  valid");
        assertThat(trial.sh("", blocks.get(3).strip() + " || echo \"exit code $?\""))
                .contains("its signature does not verify", "exit code 1")
                .doesNotContain("redeemed");
    }
}
