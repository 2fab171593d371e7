// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing here gets as far as the network: the issuer's port takes no connection. */
class RunUsageTest {
    private static final String NOBODY = "http://127.0.0.1:9";
    private static final Map<String, String> READY = Map.of(
            "TASKBOUND_ISSUER", NOBODY, "TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience(NOBODY), "PATH", "/usr/bin:/bin");

    @TempDir
    private Path folder;

    private static List<String> usual() {
        return new ArrayList<>(List.of("run", "--task", "deploy", "--identifier", "env:production"));
    }

    /** The usual line with more options, and a command. */
    private static Ran with(String... options) {
        var line = usual();
        line.addAll(List.of(options));
        line.addAll(List.of("--", "true"));
        return Ran.with(READY, "", line.toArray(String[]::new));
    }

    private static Ran having(Map<String, String> environment, String... command) {
        var line = usual();
        line.add("--");
        line.addAll(List.of(command));
        return Ran.with(environment, "", line.toArray(String[]::new));
    }

    private static Map<String, String> readyBut(String name, String value) {
        var changed = new HashMap<>(READY);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, String> readyWithout(String name) {
        var changed = new HashMap<>(READY);
        changed.remove(name);
        return changed;
    }

    @Test
    void saysAllThatIsMissingAtOnce() {
        var ran = Ran.of("run");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err().lines())
                .containsExactly(
                        "taskbound: --task is missing.",
                        "taskbound: --identifier is missing.",
                        "taskbound: --issuer is missing, and TASKBOUND_ISSUER is not set.",
                        "taskbound: No command to run; write it after --.",
                        "See `taskbound run --help`.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3:bucket/prefix/ | --target needs actions, a space and an identifier",
                "'read,read s3:b/p/' | --target names the same action twice.",
                "'re*ad s3:b/p/' | --target: an action must be at most 64 letters",
                "', s3:b/p/' | --target: an action must be at most 64 letters",
                "'read s3:b/*/' | --target: the identifier has the character '*'",
                "'read ' | --target: the identifier is empty"
            })
    void refusesATargetThatIsNone(String target, String complaint) {
        var ran = Ran.with(READY, "", "run", "--task", "deploy", "--target", target, "--", "true");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(complaint);
    }

    @Test
    void aTargetHasItsOwnActions() {
        var ran = with("--target", "read s3:bucket/prefix/");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--target goes without --action and --identifier.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--action | 'si gn' | --action must be",
                "--action | '' | --action must be",
                "--identifier | '' | --identifier is empty. It must be one concrete target",
                "--identifier | 'a b' | --identifier has the character U+0020",
                "--identifier | 'a*' | --identifier has the character '*'",
                "--identifier | 'a/..;b' | --identifier has the character ';'",
                "--identifier | a/../b | --identifier has a part that is only dots",
                "--identifier | env:production | names the same target twice",
                "--lifetime | 10 | --lifetime is not a duration",
                "--lease | 0s | --lease is not a duration",
                "--lease | 2d | --lease is not a duration",
                "--grace | soon | --grace is not a duration",
                "--issuer | http://tokens.acme.example | must be https",
                "--issuer | tokens.acme.example | --issuer: issuer URL",
                "--issuer | https://user:CANARY@tokens.acme.example | must not carry a user",
                "--issuer | https://tokens.acme.example/?q=CANARY | no query",
                "--resource | 'not a uri' | --resource is not a URI",
                "--id-token-env | CANARY.CANARY | takes the name of a variable",
                "--id-token-audience | ' ' | --id-token-audience is empty"
            })
    void refusesAValueThatCannotBe(String option, String value, String sentence) {
        var ran = with(option, value);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(sentence).endsWith("See `taskbound run --help`." + System.lineSeparator());
        assertThat(ran.err()).doesNotContain("CANARY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sign", "sign release", "sign_release", "a23456789-123456789-123456789-123"})
    void refusesATaskThatCannotBe(String task) {
        var ran = Ran.with(READY, "", "run", "--task", task, "--identifier", "env:production", "--", "true");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("taskbound: --task must be 1 to 32 characters from a-z, 0-9 and -.");
    }

    @Test
    void refusesTheSameActionTwice() {
        assertThat(with("--action", "deploy", "--action", "deploy").err()).contains("names the same action twice");
    }

    @Test
    void refusesNineTargets() {
        var options = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            options.addAll(List.of("--identifier", "env:" + i));
        }
        assertThat(with(options.toArray(String[]::new)).err()).contains("at most 8 times");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--id-token-env A --id-token-file b",
                "--id-token-file a --id-token-command b",
                "--id-token-env A --id-token-command b"
            })
    void refusesTwoSourcesOfTheIdToken(String options) {
        var ran = with(options.split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("give one of them");
    }

    @Test
    void printsJsonOnlyOfADryRun() {
        var ran = with("--json");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--json goes with --dry-run.");
    }

    @Test
    void saysInJsonThatNobodyAnswered() {
        var line = usual();
        Collections.addAll(line, "--dry-run", "--json");
        assertThat(Ran.with(READY, "", line.toArray(String[]::new)).out())
                .isEqualToIgnoringNewLines("{\"would_grant\":false,\"outage\":\"no connection to 127.0.0.1:9\"}");
    }

    @Test
    void namesNoAudienceForWhateverIssuerAVariableNames() {
        var ran = with("--id-token-audience", "sigstore");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--id-token-audience needs --issuer");
    }

    @Test
    void anIdTokenThatIsThereMayBeForTheNamedAudience() {
        var environment = readyBut("TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience("sigstore"));
        assertThat(having(environment, "true").err()).contains("the ID token is for \"sigstore\"");
        var line = usual();
        Collections.addAll(line, "--issuer", NOBODY, "--id-token-audience", "sigstore", "--dry-run");
        assertThat(Ran.with(environment, "", line.toArray(String[]::new)).err())
                .contains("no connection to 127.0.0.1:9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "--task", "--dry-run=perhaps"})
    void refusesAnOptionThatItDoesNotKnow(String option) {
        var ran = Ran.with(READY, "", "run", option);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("See `taskbound run --help`.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void asksForNoTokenWhenTheCommandIsNotFound() {
        var ran = having(READY, "no-such-command");
        assertThat(ran.code()).isEqualTo(127);
        assertThat(ran.err().strip()).isEqualTo("taskbound: the command was not found; no token was requested");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void asksForNoTokenWhenTheCommandCannotBeRun() throws Exception {
        var file = Files.writeString(folder.resolve("plain"), "x");
        for (var command : List.of(file.toString(), folder.toString())) {
            var ran = having(READY, command);
            assertThat(ran.code()).isEqualTo(126);
            assertThat(ran.err().strip()).isEqualTo("taskbound: the command is not executable; no token was requested");
        }
    }

    @Test
    void saysWhereAnIdTokenCouldComeFrom() {
        var ran = having(readyWithout("TASKBOUND_ID_TOKEN"), "true");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("--id-token-env NAME, --id-token-file PATH or --id-token-command SHELL")
                .doesNotContain("id_tokens:");
    }

    @Test
    void saysWhatToWriteInTheSystemThatItRunsIn() {
        var environment = readyWithout("TASKBOUND_ID_TOKEN");
        environment.put("GITLAB_CI", "true");
        var ran = having(environment, "true");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("  id_tokens:")
                .contains("    TASKBOUND_ID_TOKEN:")
                .contains("      aud: " + NOBODY);
    }

    @Test
    void saysWhichPermissionAJobOfGithubLacks() {
        var environment = readyWithout("TASKBOUND_ID_TOKEN");
        environment.put("GITHUB_ACTIONS", "true");
        var ran = having(environment, "true");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("id-token: write").contains("calling job must grant it as well");
    }

    @Test
    void saysThatTheNamedVariableIsNotSet() {
        var ran = with("--id-token-env", "MY_ID_TOKEN");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The variable MY_ID_TOKEN is not set").contains("    MY_ID_TOKEN:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANARY CANARY", "CANARY\nCANARY"})
    void neverShowsAnIdTokenThatIsNone(String text) {
        var ran = having(readyBut("TASKBOUND_ID_TOKEN", text), "true");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("does not hold an ID token").doesNotContain("CANARY");
    }

    @Test
    void saysThatTheFileOfTheIdTokenIsNotThere() {
        var ran = with("--id-token-file", folder.resolve("none").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("none cannot be read");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysThatTheCommandForTheIdTokenFailed() {
        var ran = with("--id-token-command", "echo CANARY; exit 3");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("ended with exit code 3").doesNotContain("CANARY");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysThatTheCommandForTheIdTokenPrintedNone() {
        assertThat(with("--id-token-command", "true").err()).contains("does not hold an ID token: ID token is empty");
    }

    @Test
    void asksForNoTokenWhenThereIsNoPlaceForItsFiles() {
        var environment = new HashMap<>(READY);
        environment.put("GITHUB_WORKSPACE", "/");
        var ran = having(environment, "true");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("No writable folder outside the workspace");
    }

    @Test
    void saysThatTheIssuerIsAway() {
        var ran = having(READY, "true");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines())
                .containsExactly(
                        "taskbound: no answer from " + NOBODY + " after 4 tries: no connection to 127.0.0.1:9",
                        "taskbound: the command was not run");
    }

    @Test
    void leavesNoFolderBehindWhenNothingWasGranted() {
        var environment = readyBut("RUNNER_TEMP", folder.toString());
        assertThat(having(environment, "true").code()).isEqualTo(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void needsNoCommandInADryRun() {
        var line = usual();
        Collections.addAll(line, "--dry-run");
        var ran = Ran.with(READY, "", line.toArray(String[]::new));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no answer from").doesNotContain("the command was not run");
    }
}
