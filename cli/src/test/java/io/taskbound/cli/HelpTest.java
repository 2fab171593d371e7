// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "serve",
                "dev",
                "dev token",
                "dev id-token",
                "dev dynamodb",
                "run",
                "policy",
                "policy check",
                "policy explain",
                "policy secret",
                "policy push",
                "policy log",
                "policy rollback",
                "keys",
                "keys list",
                "keys rotate",
                "keys retire",
                "tokens",
                "tokens list",
                "tokens show",
                "tokens revoke",
                "tokens denied",
                "tokens lift",
                "verify"
            })
    void everyCommandHasAnExampleThatBeginsWithItself(String command) {
        var ran = Ran.of((command + " --help").strip().split(" "));
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).containsPattern("Examples?:\\R  taskbound " + command);
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys list", "keys rotate", "policy log", "tokens list", "tokens revoke", "tokens lift"})
    void whoWorksOnAnIssuersTableMakesNone(String command) {
        assertThat(Ran.of((command + " --help").split(" ")).out())
                .contains("--table=NAME")
                .doesNotContain("--create-table");
    }

    @Test
    void theRootNamesEveryCommand() {
        assertThat(Ran.of("--help").out())
                .contains("  demo ", "  serve ", "  dev ", "  run ", "  policy ", "  keys ", "  tokens ", "  verify ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dev",
                "policy",
                "tokens",
                "tokens show",
                "nonsense",
                "serve --nonsense",
                "policy check",
                "dev token --task t"
            })
    void wrongUsageIsOneSentenceAndWhereToLook(String line) {
        var ran = line.isEmpty() ? Ran.of() : Ran.of(line.split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("taskbound: ").contains("--help");
        assertThat(ran.err().lines()).hasSize(2);
    }

    @Test
    void showsNoStackUnlessAsked() {
        assertThat(Ran.of("serve").err()).doesNotContain("\tat ");
        assertThat(Ran.with(Map.of("TASKBOUND_DEBUG", "1"), "", "serve").err()).contains("\tat ");
    }

    @Test
    void writesNoColoursWhereThereIsNoTerminal() {
        assertThat(Ran.of("--help").out()).doesNotContain("\u001b");
    }

    @Test
    void saysItsVersion() {
        assertThat(Ran.of("--version").out()).startsWith("taskbound ");
    }
}
