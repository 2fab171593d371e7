// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.Ran;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.ListenAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code guard} and {@code guard check} say before anything is served. */
@ExtendWith(OneIssuer.class)
class GuardCommandTest {
    private static final String RULES = """
            version: 1
            public_url: https://tickets.acme.example
            rules: [{name: read, methods: [GET], path: "/tickets/{t}", action: read, identifier: "ticket:{t}"}]
            open: [/healthz]
            """;

    @TempDir
    private Path folder;

    private Path rules;
    private Path secret;

    @BeforeEach
    void write() throws Exception {
        rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
        secret = Files.writeString(folder.resolve("secret"), "c2VjcmV0LXRoYXQtdGhlLWlzc3Vlci1kb2VzLW5vdC1rbm93\n");
    }

    private Ran guard(String... more) {
        var words = new ArrayList<>(List.of(
                "guard", "--rules", rules.toString(), "--secret-file", secret.toString(), "--server", "signer"));
        words.addAll(List.of(more));
        return Ran.of(words.toArray(String[]::new));
    }

    @Test
    void doesNotStartWithASecretThatTheIssuerDoesNotTake(LiveIssuer issuer) {
        var ran = guard("--issuer", issuer.url());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("The issuer does not take this name and secret", "invalid_client")
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void doesNotStartWithFaultyRules(LiveIssuer issuer) throws Exception {
        Files.writeString(rules, RULES.replace("methods", "metods"));
        var ran = guard("--issuer", issuer.url());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("did you mean methods?", "nothing is let in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--gateway apache | \"apache\" is none that is known",
                "--listen 8765 | --listen \"8765\" is not an address and a port",
                "--listen localhost:8765 | is not an address and a port",
                "--listen 127.0.0.1:99999 | is not an address and a port",
                "--listen 999.0.0.1:80 | is not an address and a port",
                "--admin x | --admin \"x\" is not an address and a port",
                "--issuer ftp://x | ftp://x"
            })
    void saysWhatIsWrongOnTheCommandLine(String options, String said) {
        var ran = guard((options + (options.contains("--issuer") ? "" : " --issuer http://127.0.0.1:1")).split(" "));
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(said);
    }

    @Test
    void wantsTheNameOfAResourceServer() {
        var ran = Ran.of(
                "guard",
                "--rules",
                rules.toString(),
                "--secret-file",
                secret.toString(),
                "--server",
                "Signer!",
                "--issuer",
                "http://127.0.0.1:1");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("client id must be a resource server's name")
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void wantsAnIssuer() {
        assertThat(guard().err()).contains("--issuer is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "0.0.0.0:8765", "[::1]:80", "10.1.2.3:65535"})
    void takesAnAddressByItsNumbers(String text) throws Exception {
        var address = ListenAddress.of("--listen", text);
        assertThat(text).endsWith(":" + address.getPort());
    }

    @Test
    void asksNoNameServerWhereToListen() {
        assertThatThrownBy(() -> ListenAddress.of("--listen", "example.org:80")).isInstanceOf(Complaint.class);
    }

    @Test
    void aValidFileIsSaidToBe() {
        var ran = Ran.of("guard", "check", rules.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains(": valid, rules: 1, open paths: 1, for https://tickets.acme.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /tickets/7 | 0 | read: read ticket:7",
                "GET /healthz | 0 | open: needs no token",
                "PUT /tickets/7 | 1 | refused: a rule has this path, but not with this method",
                "GET /tickets/%2e%2e | 1 | refused: the path has a percent sign",
                "GET /tickets | 1 | refused: no rule has this path",
                "get /tickets/7 | 1 | refused: the method is not"
            })
    void saysWhatARequestIs(String request, int code, String said) {
        var ran = Ran.of("guard", "check", rules.toString(), "--try", request);
        assertThat(ran.code()).isEqualTo(code);
        assertThat(ran.out()).contains(said);
    }

    @Test
    void oneRequestWithoutARuleIsEnough() {
        var ran = Ran.of("guard", "check", rules.toString(), "--try", "GET /x", "--try", "GET /tickets/7");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("refused", "ticket:7");
    }

    @Test
    void aRequestIsAMethodAndAPath() {
        var ran = Ran.of("guard", "check", rules.toString(), "--try", "/tickets/7");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("is not a method and a path");
    }

    @Test
    void everyFaultOfAFileIsShownWithItsLine() throws Exception {
        Files.writeString(rules, RULES.replace("[GET]", "[get]").replace("/healthz", "healthz"));
        var ran = Ran.of("guard", "check", rules.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("rules.yaml:3:", "did you mean GET?", "rules.yaml:4:", "^");
    }
}
