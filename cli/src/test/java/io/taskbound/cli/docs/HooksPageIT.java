// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.TaskboundProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** docs/hooks.md, "Try it on this machine", as a reader follows it, but for the port. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class HooksPageIT {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");

    @TempDir
    private Path folder;

    private List<String> blocks;

    @BeforeEach
    void prepare() throws Exception {
        var page = Files.readString(ROOT.resolve("docs/hooks.md"));
        var section = page.split("## Try it on this machine", 2)[1].split("\n## ", 2)[0];
        blocks = BLOCK.matcher(section).results().map(block -> block.group(1)).toList();
        var script = Files.writeString(
                folder.resolve("taskbound"),
                "#!/bin/sh\nexec '" + String.join("' '", ChildJvm.taskbound()) + "' \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(
                folder.resolve("contract"), ROOT.resolve("contract").toAbsolutePath());
    }

    private String sh(String url, String lines) throws Exception {
        var environment = Map.of("PATH", folder + File.pathSeparator + System.getenv("PATH"));
        return Program.run(folder, environment, "", List.of("sh", "-ec", lines.replace("http://127.0.0.1:8787", url)));
    }

    /** One shell, as the reader's terminal is: a later block uses the variables of an earlier one. */
    @Test
    void aSignedEventClosesThatJobsTokensWithinOneRequest() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        assumeTrue(Program.isInstalled("openssl"), "openssl is not installed");
        assertThat(blocks).hasSize(4);
        assertThat(blocks.get(0))
                .isEqualTo("taskbound serve --dev --policy docs/examples/policies --data try --port 8787\n");
        try (var issuer = TaskboundProcess.start(
                "serve",
                "--dev",
                "--policy",
                ROOT.resolve("docs/examples/policies").toString(),
                "--data",
                folder.resolve("try").toString(),
                "--port",
                "0")) {
            var url = issuer.awaitUrl();
            var again = blocks.get(2).substring(blocks.get(2).indexOf("curl "));
            var changed = "echo >> event.json\n" + again;

            var printed = sh(url, String.join("\n", blocks.get(1), blocks.get(2), blocks.get(3), again, changed));

            assertThat(printed.lines().filter(line -> line.startsWith("{")).toList())
                    .satisfiesExactly(
                            closed -> assertThat(closed).isEqualTo("{\"result\":\"closed\"}"),
                            first -> assertThat(first).contains("\"active\":false", "\"reason\":\"closed\""),
                            sibling -> assertThat(sibling).contains("\"active\":true"),
                            repeated -> assertThat(repeated).isEqualTo("{\"result\":\"unchanged\"}"),
                            refused -> assertThat(refused).contains("\"error\":\"invalid_delivery\""));

            var listed =
                    sh(url, "taskbound hooks list --data try\ntaskbound hooks retire acme --data try --yes\n" + again);
            assertThat(listed).contains("acme  ", "Retired", "invalid_delivery");
            assertThat(Files.readString(folder.resolve("try/audit.jsonl")))
                    .contains("\"event\":\"hook\"", "\"job\":\"90001\"", "no_hook_secret")
                    .doesNotContain(Files.readString(folder.resolve("acme.secret")));
        }
    }
}
