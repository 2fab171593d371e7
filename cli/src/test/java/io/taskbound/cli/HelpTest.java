// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.terminal.CommandContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    private static final CommandContext CONTEXT = new CommandContext(
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            InputStream.nullInputStream(),
            Map.of(),
            false,
            Clock.systemUTC());

    @TempDir
    private static Path folder;

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
                "approvals",
                "approve",
                "deny",
                "policy",
                "policy check",
                "policy test",
                "policy check-roles",
                "policy explain",
                "policy diff",
                "policy who-can",
                "policy what-can",
                "policy secret",
                "policy push",
                "policy log",
                "policy rollback",
                "mcp-gateway",
                "mcp-gateway check",
                "keys",
                "keys list",
                "keys rotate",
                "keys retire",
                "keys import-github-app",
                "github-app",
                "github-app create",
                "hooks",
                "hooks secret",
                "hooks list",
                "hooks retire",
                "tokens",
                "tokens list",
                "tokens show",
                "tokens revoke",
                "tokens denied",
                "tokens lift",
                "verify",
                "guard",
                "guard check",
                "help",
                "version",
                "completion",
                "man",
                "controls"
            })
    void everyCommandHasAnExampleThatBeginsWithItself(String command) {
        var ran = Ran.of((command + " --help").strip().split(" "));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).containsPattern("Examples?:\\R  taskbound " + command);
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys list",
                "keys rotate",
                "policy log",
                "hooks list",
                "tokens list",
                "tokens revoke",
                "tokens lift"
            })
    void whoWorksOnAnIssuersTableMakesNone(String command) {
        assertThat(Ran.of((command + " --help").split(" ")).out())
                .contains("--table=NAME")
                .doesNotContain("--create-table");
    }

    @Test
    void theRootNamesEveryCommand() {
        assertThat(Ran.of("--help").out())
                .contains(
                        "  demo ",
                        "  serve ",
                        "  dev ",
                        "  run ",
                        "  approvals ",
                        "  approve ",
                        "  deny ",
                        "  policy ",
                        "  mcp-gateway ",
                        "  keys ",
                        "  tokens ",
                        "  verify ",
                        "  guard ");
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
                "mcp-gateway",
                "mcp-gateway check",
                "guard",
                "guard check",
                "policy check",
                "policy check-roles",
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

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version"})
    void saysItsVersion(String typed) {
        assertThat(Ran.of(typed).out()).matches("taskbound \\d+\\.\\d+\\.\\d+\\S*( \\([0-9a-f]+\\))?, Java \\S+\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "policy", "policy push", "run", "keys rotate", "help"})
    void helpIsACommandToo(String command) {
        var asked = Ran.of(("help " + command).strip().split(" "));
        assertThat(asked.code()).as(asked.err()).isZero();
        // `run` alone is made without the others, and its option has no other place in the list.
        assertThat(asked.out())
                .isEqualTo(Ran.of((command + " --help").strip().split(" ")).out());
    }

    @ParameterizedTest
    @CsvSource({
        "tokns, There is no command tokns; did you mean tokens?, taskbound --help",
        "nonsense --help, There is no command nonsense., taskbound --help",
        "--help nonsense, There is no command nonsense., taskbound --help",
        "policy puhs, There is no command puhs; did you mean push?, taskbound policy --help",
        "policy puhs --help, There is no command puhs; did you mean push?, taskbound policy --help",
        "help verfy, There is no command verfy; did you mean verify?, taskbound --help",
        "serve --polcy p.yaml, There is no option --polcy; did you mean --policy?, taskbound serve --help",
        "run --taks=x -- true, There is no option --taks; did you mean --task?, taskbound run --help",
        "mcp-gateway chek map.yaml, There is no command chek; did you mean check?, taskbound mcp-gateway --help",
        "guard chek rules.yaml, There is no command chek; did you mean check?, taskbound guard --help",
        "keys list -all, There is no option -all; did you mean --all?, taskbound keys list --help",
        "policy check a.yaml b.yaml, Unexpected argument b.yaml., taskbound policy check --help"
    })
    void whatIsMisspeltIsNamedAndWhatWasMeant(String line, String said, String where) {
        var ran = Ran.of(line.split(" "));
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("taskbound: " + said + "\nSee `" + where + "`.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tokens show", "tokens lift", "keys retire", "tokens revoke --run", "policy explain --request-id"
            })
    void anIdOfTheWrongLengthThatBeginsWithADashIsNoWishForHelp(String command) {
        for (var id : List.of("-habc", "-hABCDEFGHIJKLMNOPQRSTUVWXYZ", "-Vx", "-h-")) {
            var ran = Ran.of((command + " " + id).split(" "));
            assertThat(ran.code())
                    .as(command + " " + id + ": " + ran.out() + ran.err())
                    .isEqualTo(2);
            assertThat(ran.out()).isEmpty();
        }
    }

    /**
     * So that it can be pasted: a line that ends with a backslash goes on in the next, and none is cut inside a word.
     */
    @ParameterizedTest
    @MethodSource("commands")
    void noExampleIsBrokenInsideAnArgument(String command) {
        var written = List.of(footer(command));
        var shown = Ran.of((command + " --help").strip().split(" ")).out();
        assertThat(shown.lines()).allMatch(line -> line.length() <= 100);
        var joined = shown.replaceAll(" \\\\\\R {6}", " ");
        assertThat(written.stream().filter(line -> line.startsWith("  taskbound")))
                .isNotEmpty()
                .allMatch(example -> joined.lines().anyMatch(example::equals));
    }

    private static String[] footer(String command) {
        var line = Main.commandLine(CONTEXT);
        for (var word : command.isEmpty() ? new String[0] : command.split(" ")) {
            line = line.getSubcommands().get(word);
        }
        return line.getCommandSpec().usageMessage().footer();
    }

    private static Stream<String> commands() {
        return commands("", Main.commandLine(CONTEXT));
    }

    private static Stream<String> commands(String name, CommandLine command) {
        return Stream.concat(
                Stream.of(name),
                command.getSubcommands().entrySet().stream()
                        .flatMap(entry -> commands((name + " " + entry.getKey()).strip(), entry.getValue())));
    }

    @Test
    void aShellTakesTheCompletion() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash reads the script");
        var script = Files.writeString(
                folder.resolve("completion"), Ran.of("completion").out());
        var bash = new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        ". " + script + " && COMP_WORDS=(taskbound pol) COMP_CWORD=1 && _complete_taskbound && echo"
                                + " \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("policy");
    }
}
