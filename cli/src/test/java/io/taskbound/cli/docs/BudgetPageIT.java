// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.TaskboundProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** docs/policy.md, "Try a budget", as a reader follows it, but for the port. */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class BudgetPageIT {
    @TempDir
    private Path folder;

    @Test
    void theSecondTokenIsRefusedUntilTheFirstIsClosed() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        var trial = Trial.of("policy.md", "Try a budget", folder);
        var blocks = trial.blocks();
        assertThat(blocks).hasSize(3);
        assertThat(blocks.get(0)).isEqualTo("./taskbound serve --dev --data try --port 8787\n");
        try (var issuer = TaskboundProcess.start(
                "serve", "--dev", "--data", folder.resolve("try").toString(), "--port", "0")) {
            var url = issuer.awaitUrl();
            trial.sh(url, blocks.get(1));
            issuer.awaitLine(line -> line.startsWith("policy v2 ") && line.endsWith(" in force"));

            // A refusal's exit code does not end the reader's shell.
            var printed = trial.sh(url, "set +e\nexec 2>&1\n" + blocks.get(2));

            assertThat(printed)
                    .containsPattern(
                            "(?s)^handle .*Refused by .*as many tokens of this task are alive.*\\n\\{}\\nhandle [^\\n]*$");
            assertThat(folder.resolve("second.token")).isNotEmptyFile();
        }
    }
}
