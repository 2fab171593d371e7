// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.TaskboundProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** docs/windows.md, "Try it", as a reader follows it, but for the port. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class WindowsPageIT {
    @TempDir
    private Path folder;

    /** A policy push that ends a window early kills its token within one request. */
    @Test
    void aWindowThatIsMovedAwayKillsItsTokenAtTheNextRequest() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        var trial = Trial.of("windows.md", "Try it", folder);
        var blocks = trial.blocks();
        assertThat(blocks).hasSize(5);
        assertThat(blocks.get(0)).isEqualTo("./taskbound serve --dev --data try --port 8787\n");
        try (var issuer = TaskboundProcess.start(
                "serve", "--dev", "--data", folder.resolve("try").toString(), "--port", "0")) {
            var url = issuer.awaitUrl();
            trial.sh(url, blocks.get(1));
            issuer.awaitLine(line -> line.startsWith("policy v2 ") && line.endsWith(" in force"));
            trial.sh(url, blocks.get(2));
            assertThat(folder.resolve("first.token")).isNotEmptyFile();
            trial.sh(url, blocks.get(3));
            issuer.awaitLine(line -> line.startsWith("policy v3 ") && line.endsWith(" in force"));

            // What follows is in the same shell for a reader; a refusal's exit code does not end it.
            var ask = blocks.get(2).substring(0, blocks.get(2).lastIndexOf("ask first.token"));
            var printed = trial.sh(url, "set +e\nexec 2>&1\n" + ask + blocks.get(4) + "true\n");

            assertThat(printed)
                    .contains("\"active\":false")
                    .contains("\"reason\":\"window\"")
                    .contains("may only be done in its change windows, and none is open");
        }
        var ended = Files.readAllLines(folder.resolve("try/audit.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"ended\""))
                .toList();
        assertThat(ended)
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"cause\":\"window\"", "\"by\":\"policy\""));
    }
}
