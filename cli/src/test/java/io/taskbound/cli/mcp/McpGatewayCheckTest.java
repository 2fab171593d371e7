// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mcp-gateway check}, as its user sees it. */
class McpGatewayCheckTest {
    private static final String MAP = """
            version: 1
            url: https://tickets.acme.example/mcp
            server: {command: [python3, server.py]}
            tools:
              read_ticket:
                action: read
                identifier: "ticket:{id}"
                arguments: {id: name}
            """;

    @TempDir
    private Path folder;

    private Ran check(String map, String... options) throws Exception {
        var file = Files.writeString(folder.resolve("map.yaml"), map);
        return Ran.of(Stream.concat(Stream.of("mcp-gateway", "check", file.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void aMapWithoutFaultsIsGood() throws Exception {
        var ran = check(MAP);
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualToNormalizingNewlines("OK  1 tool behind https://tickets.acme.example/mcp\n");
    }

    @Test
    void saysWhatItMakesOfACall() throws Exception {
        var ran = check(MAP, "--try", "read_ticket {\"id\": \"T-7\"}");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("read_ticket  action read, identifier ticket:T-7");
    }

    @Test
    void aCallOutsideTheMapFails() throws Exception {
        var ran = check(
                MAP, "--try", "read_ticket {\"id\": \"T-7\"}", "--try", "read_ticket {\"id\": 7}", "--try", "drop");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "read_ticket  REFUSED  The argument id must be a string of 1 to 255 letters, digits and ._~@+=,-.")
                .contains("drop  REFUSED  The tool is not in the map.");
    }

    @Test
    void aFaultHasItsPlaceAndARemedy() throws Exception {
        var ran = check(MAP.replace("identifier:", "identifer:"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("map.yaml:7:5: error: unknown field \"identifer\" [unknown-field]")
                .contains("did you mean identifier?")
                .contains("FAULTY  2 errors");
    }

    @Test
    void faultsAreAnnotationsOfAPullRequest() throws Exception {
        assertThat(check(MAP.replace("version: 1", "version: 2"), "--format", "github")
                        .out())
                .contains("::error file=")
                .contains("version must be 1");
    }

    @Test
    void whatIsNotThereIsAUsageError() {
        var ran = Ran.of("mcp-gateway", "check", folder.resolve("none.yaml").toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("There is no file");
    }

    @Test
    void argumentsThatAreNotOneObjectAreAUsageError() throws Exception {
        var ran = check(MAP, "--try", "read_ticket {\"id\": \"T-7\", \"id\": \"T-8\"}");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("repeated member name");
    }
}
