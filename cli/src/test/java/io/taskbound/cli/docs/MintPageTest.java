// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/mint.md, pasted. */
class MintPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");

    @TempDir
    private Path folder;

    @Test
    void theLinesOfTheHoldersVerifierRenewWhenPastedAgainAndAgain() throws Exception {
        assumeTrue(
                Stream.of("curl", "jq", "openssl").allMatch(Program::isInstalled),
                "curl, jq or openssl is not installed");
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        var blocks = BLOCK.matcher(Files.readString(root.resolve("docs/mint.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        try (var issuer = new HttpIssuer()) {
            for (int round = 0; round < 2; round++) {
                Files.writeString(folder.resolve("id-token.txt"), issuer.idToken() + "\n");
                Files.writeString(folder.resolve("task.json"), TASK);
                sh(issuer, blocks.get(0));
                assertThat(Files.readString(folder.resolve("answer.json"))).contains("\"lease_expires_in\"");
                assertThat(sh(issuer, blocks.get(1))).isEqualTo("{\"lease_expires_in\":60}");
                assertThat(sh(issuer, blocks.get(1))).isEqualTo("{\"lease_expires_in\":60}");
            }
        }
    }

    private static final String TASK = """
            [{"type": "task", "task": "sign-release", "actions": ["sign"],
              "identifier": "artifact:acme/shop/app.jar@sha256:%s"}]
            """.formatted("9f".repeat(32));

    private String sh(HttpIssuer issuer, String script) throws Exception {
        return Program.run(folder, Map.of("TASKBOUND_ISSUER", issuer.url()), "", List.of("sh", "-c", script));
    }
}
