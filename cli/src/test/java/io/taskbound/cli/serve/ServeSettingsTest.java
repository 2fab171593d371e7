// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said at start, with a remedy, never at the first request. */
class ServeSettingsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --port 1                                       | No policy given
        --policy p.yaml --port 70000                   | Port 70000 does not exist
        --policy p.yaml --port -1                      | Port -1 does not exist
        --policy p.yaml --issuer-url http://a.example  | https
        --policy p.yaml --issuer-url ftp://a.example   | https
        --policy p.yaml --issuer-url https://u:p@a.ex  | user
        --policy p.yaml --issuer-url https://a.ex/?q=1 | query
        --policy p.yaml --issuer-url nonsense          | host
        --policy p.yaml --table t                      | ledger of that table is in DynamoDB
        --policy-from-table                            | Name the table
        --policy-from-table --policy p.yaml --table t  | leave out --policy
        --policy-from-table --dev --table t --data d   | does not know it
        --policy p.yaml --policy-key alias/p           | a file has no signature
        --dev --endpoint-url http://127.0.0.1:8000     | no table is given
        --dev --table t --data d                       | must not reach a real table
        --dev --issuer-url https://tokens.acme.example | not on this machine
        """)
    void refusesSettingsThatCannotWork(String line, String complaint) {
        var ran = Ran.of(("serve " + line).split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("taskbound: ").contains(complaint);
        assertThat(ran.err().lines()).as("what is wrong, and the remedy").hasSize(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var ran = Ran.of("serve", "--dev", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("cannot be used").contains("--port 0");
        }
    }

    @Test
    void namesEveryFaultOfThePolicyBeforeItListens() throws IOException {
        var policy = Files.writeString(folder.resolve("policy.yaml"), """
            version: 2
            provider: {}
            tasks:
              Sign:
                allow: [nobody]
            """);
        var ran = Ran.of("serve", "--policy", policy.toString(), "--port", "0");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).doesNotContain("listening");
        assertThat(ran.err().lines().filter(line -> line.contains("policy.yaml:") && line.contains("error:")))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(ran.err()).contains("policy.yaml:1:");
    }

    @Test
    void refusesAPolicyThatIsNotThere() {
        var ran = Ran.of("serve", "--policy", folder.resolve("none.yaml").toString(), "--port", "0");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("none.yaml");
    }

    @Test
    void refusesAFolderThatIsNone() throws IOException {
        var file = Files.createFile(folder.resolve("data"));
        var ran = Ran.of("serve", "--dev", "--port", "0", "--data", file.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("--data");
    }

    @Test
    void refusesASigningKeyThatIsNone() throws IOException {
        Files.writeString(folder.resolve("signing-key.json"), "{\"kty\":\"EC\"}");
        var ran = Ran.of("serve", "--dev", "--port", "0", "--data", folder.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("signing-key.json").doesNotContain("\tat ");
    }
}
