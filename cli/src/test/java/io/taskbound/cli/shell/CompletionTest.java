// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each shell itself reads its script, and proposes what the command line knows. */
class CompletionTest {
    @TempDir
    Path folder;

    private Path script(String shell) throws IOException {
        var ran = Ran.of("completion", shell);
        assertThat(ran.code()).as(ran.err()).isZero();
        return Files.writeString(folder.resolve("script"), ran.out());
    }

    private static String said(String... command) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of("/bin/", "/usr/bin/").anyMatch(bin -> Files.isExecutable(Path.of(bin + command[0]))),
                () -> "NOT RUN: no " + command[0] + " here");
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @ParameterizedTest
    @CsvSource({"bash,-n", "zsh,-n", "fish,-n"})
    void theShellReadsIt(String shell, String check) throws Exception {
        assertThat(said(shell, check, script(shell).toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pol,policy",
        "policy pus,push",
        "completion f,fish",
        "run --id-token-f,--id-token-file",
        "policy diff --format mark,markdown"
    })
    void bashProposes(String typed, String proposal) throws Exception {
        var words = typed.split(" ").length;
        var line = ". " + script("bash") + "; compopt() { :; }; COMP_WORDS=(taskbound " + typed + ") COMP_CWORD="
                + words + "; _complete_taskbound; echo \"${COMPREPLY[@]}\"";
        assertThat(said("bash", "-c", line).strip()).isEqualTo(proposal);
    }

    @ParameterizedTest
    @CsvSource({
        "pol,policy",
        "policy pus,push",
        "completion f,fish",
        "run --id-token-f,--id-token-file",
        "policy diff --format mark,markdown"
    })
    void fishProposes(String typed, String proposal) throws Exception {
        var line = "source " + script("fish") + "; complete -C 'taskbound " + typed + "'";
        assertThat(said("fish", "--no-config", "-c", line).lines().map(each -> each.replaceFirst("\t.*", "")))
                .containsExactly(proposal);
    }

    @Test
    void fishProposesNoCommandBehindAnother() throws Exception {
        var line = "source " + script("fish") + "; complete -C 'taskbound policy check pol'";
        assertThat(said("fish", "--no-config", "-c", line)).doesNotContain("policy\t");
    }

    @Test
    void zshCompletesByIt() throws Exception {
        var line = "autoload -U compinit; compinit -u -D; source " + script("zsh") + "; print -r -- $_comps[taskbound]";
        assertThat(said("zsh", "-fc", line)).contains("_complete_taskbound");
    }

    @Test
    void withoutAShellItIsBashs() {
        assertThat(Ran.of("completion").out())
                .isEqualTo(Ran.of("completion", "bash").out());
    }

    @Test
    void anotherShellIsAFault() {
        var ran = Ran.of("completion", "tcsh");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("There is no completion for \"tcsh\".", "Name one of bash, zsh or fish.");
        assertThat(ran.out()).isEmpty();
    }
}
