// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.TaskboundProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** docs/hooks.md, "Try it on this machine", as a reader follows it, but for the port. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class HooksPageIT {
    @TempDir
    private Path folder;

    private Trial trial;

    @BeforeEach
    void prepare() throws Exception {
        trial = Trial.of("hooks.md", "Try it on this machine", folder);
    }

    /** One shell, as the reader's terminal is: a later block uses the variables of an earlier one. */
    @Test
    void aSignedEventClosesThatJobsTokensWithinOneRequest() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        assumeTrue(Program.isInstalled("openssl"), "openssl is not installed");
        var blocks = trial.blocks();
        assertThat(blocks).hasSize(5);
        assertThat(blocks.get(0))
                .isEqualTo("./taskbound serve --dev --policy docs/examples/policies --data try --port 8787\n");
        try (var issuer = TaskboundProcess.start(
                "serve",
                "--dev",
                "--policy",
                Trial.ROOT.resolve("docs/examples/policies").toString(),
                "--data",
                folder.resolve("try").toString(),
                "--port",
                "0")) {
            var url = issuer.awaitUrl();
            var again = blocks.get(2).substring(blocks.get(2).indexOf("curl "));
            var changed = "echo >> event.json\n" + again;

            var printed = trial.sh(url, String.join("\n", blocks.get(1), blocks.get(2), blocks.get(3), again, changed));

            assertThat(printed.lines().filter(line -> line.startsWith("{")).toList())
                    .satisfiesExactly(
                            closed -> assertThat(closed).isEqualTo("{\"result\":\"closed\"}"),
                            first -> assertThat(first).contains("\"active\":false", "\"reason\":\"closed\""),
                            sibling -> assertThat(sibling).contains("\"active\":true"),
                            repeated -> assertThat(repeated).isEqualTo("{\"result\":\"unchanged\"}"),
                            refused -> assertThat(refused).contains("\"error\":\"invalid_delivery\""));

            var listed = trial.sh(
                    url, "./taskbound hooks list --data try\n./taskbound hooks retire acme --data try --yes\n" + again);
            assertThat(listed).contains("acme  ", "Retired", "invalid_delivery");
            assertThat(Files.readString(folder.resolve("try/audit.jsonl")))
                    .contains("\"event\":\"hook\"", "\"job\":\"90001\"", "no_hook_secret")
                    .doesNotContain(Files.readString(folder.resolve("acme.secret")));
        }
        trial.sh("", blocks.get(4));
        assertThat(folder.toFile().list())
                .doesNotContain("try", "acme.secret", "event.json", "token-90001", "token-90002");
    }
}
