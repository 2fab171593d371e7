// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map of docs/mcp-gateway.md can be used, and makes of the page's call what the page says. */
class McpGatewayPageTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    @TempDir
    private Path folder;

    @Test
    void theMapOfThePageIsGood() throws Exception {
        var page = Files.readString(ROOT.resolve("docs/mcp-gateway.md"));
        int begin = page.indexOf("# tickets.yaml");
        var map = Files.writeString(folder.resolve("tickets.yaml"), page.substring(begin, page.indexOf("```", begin)));
        assertThat(page).contains("taskbound mcp-gateway check tickets.yaml --try 'read_ticket {\"id\": \"T-7\"}'");
        var ran = Ran.of("mcp-gateway", "check", map.toString(), "--try", "read_ticket {\"id\": \"T-7\"}");
        assertThat(ran.code()).as(ran.out()).isZero();
        assertThat(ran.out())
                .contains("2 tools behind https://tickets.acme.example/mcp")
                .contains("action read, identifier ticket:T-7");
    }
}
