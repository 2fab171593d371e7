// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.TaskboundProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/tokens.md as a reader follows it: "Try it on this machine", then the incident and its end, but for the ports.
 */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class TokensPageIT {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Pattern HANDLE = Pattern.compile("(?m)^.*?([A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{32})");
    private static final Pattern ENTRY = Pattern.compile("entry ([A-Za-z0-9_-]{16})\\b");

    @TempDir
    private Path folder;

    private static String block(String text) throws IOException {
        var found = BLOCK.matcher(Files.readString(ROOT.resolve("docs/tokens.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(text))
                .toList();
        assertThat(found).as(text).hasSize(1);
        return found.get(0);
    }

    private void script(String name, String body) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** What the lines print; each must end well. The answer is for whoever asks. */
    private String sh(String endpoint, String lines) throws Exception {
        var environment = Map.of(
                "PATH",
                folder + File.pathSeparator + System.getenv("PATH"),
                "AWS_ENDPOINT_URL_DYNAMODB",
                endpoint,
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "local");
        return Program.run(folder, environment, "y\n", List.of("sh", "-ec", lines));
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    @Test
    void everyLineDoesWhatThePageSays() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        script("taskbound", "exec '" + String.join("' '", ChildJvm.taskbound()) + "' \"$@\"");
        assertThat(block("dev dynamodb"))
                .contains("serve --dev --data /tmp/taskbound --table taskbound --endpoint-url");
        try (var dynamo = TaskboundProcess.start("dev", "dynamodb", "--port", "0")) {
            var said = dynamo.awaitLine(line -> line.contains("http://127.0.0.1:"));
            var endpoint = said.replaceAll(".*(http://127\\.0\\.0\\.1:\\d+).*", "$1");
            try (var issuer = TaskboundProcess.start(
                    "serve",
                    "--dev",
                    "--data",
                    folder.resolve("data").toString(),
                    "--table",
                    "taskbound",
                    "--endpoint-url",
                    endpoint,
                    "--port",
                    "0")) {
                issuer.awaitUrl();
                issuer.awaitLine(line -> line.contains("/revoke"));
                var curl = issuer.lines().stream()
                        .filter(line -> line.startsWith("  curl "))
                        .toList();
                var minted = sh(endpoint, String.join("\n", curl.subList(0, 2)));
                assertThat(minted).contains("mint 200", "\"active\":true");

                var listed = sh(endpoint, local(block("./taskbound tokens list"), endpoint));
                assertThat(listed).contains("revoked  entry ");
                assertThat(sh(endpoint, curl.get(1)))
                        .as("the redeem line says so from then on")
                        .contains("\"active\":false");

                // The incident is at an issuer whose policy was published, and which has a stack.
                sh(endpoint, "taskbound policy push data/dev/policy.yaml --table taskbound --unsigned --yes");
                var handle = first(HANDLE, sh(endpoint, "taskbound tokens list --table taskbound"));
                var incident = sh(
                        endpoint, ofTable(block("taskbound tokens show HANDLE")).replace("HANDLE", handle));
                assertThat(incident).contains("revoked  entry ", "INC-7");
                var entry = first(ENTRY, incident);
                assertThat(sh(
                                endpoint,
                                "export TASKBOUND_TABLE=taskbound\n"
                                        + block("taskbound tokens lift ENTRY").replace("ENTRY", entry)))
                        .contains("lifted");
            }
        }
    }

    /** There is no stack here; AdministratorOnAwsServerIT types its name. */
    private static String ofTable(String lines) {
        assertThat(lines).contains("export TASKBOUND_STACK=taskbound");
        return lines.replace("TASKBOUND_STACK", "TASKBOUND_TABLE");
    }

    private static String local(String lines, String endpoint) {
        return lines.replace("http://127.0.0.1:8000", endpoint);
    }
}
