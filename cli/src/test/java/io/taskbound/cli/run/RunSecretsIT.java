// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.run.WrappedRun.Setting;
import io.taskbound.client.TaskToken;
import io.taskbound.client.step.TokenMasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where the token and the ID token can be seen, and that it is nowhere else. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
@ExtendWith(OneIssuer.class)
class RunSecretsIT {
    private static final Path PROC = Path.of("/proc");
    private static final String TELL = "cat \"$TASKBOUND_TOKEN_FILE\" > seen.tmp; echo >> seen.tmp; mv seen.tmp seen;";
    private static final String TELL_AND_WAIT = TELL + " while [ ! -e go ]; do sleep 0.1; done";
    /** Starts no process once it has told, so that those that hold its token can be counted. */
    private static final String TELL_AND_BLOCK = "mkfifo go; " + TELL + " read -r line < go || :";

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;

    RunSecretsIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @Test
    void onlyTheCommandHasTheTokenAndNoCommandLineHasEither() throws Exception {
        assumeTrue(Files.isReadable(PROC.resolve("self/environ")), "NOT RUN: needs Linux's /proc");
        // Of an issuer of its own: tokens of one key begin alike, and other tests run commands with theirs meanwhile.
        try (var alone = LiveIssuer.start()) {
            var idToken = alone.idToken();
            onlyTheCommandHoldsIt(Setting.of(alone, folder).having("TASKBOUND_ID_TOKEN", idToken), idToken);
        }
    }

    private void onlyTheCommandHoldsIt(Setting setting, String idToken) throws Exception {
        try (var run = setting.sh(TELL_AND_BLOCK)) {
            var secrets = TokenMasks.of(TaskToken.of(run.awaitFile("seen")));
            var command =
                    run.commandAndItsChildren().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
            assertThat(holders("environ", secrets)).isNotEmpty().isSubsetOf(command);
            assertThat(holders("cmdline", secrets)).isEmpty();
            assertThat(holders("cmdline", Set.of(idToken))).isEmpty();
            assertThat(holders("environ", Set.of(idToken))).containsExactly(run.pid());
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
        }
    }

    @Test
    void noOutputHoldsTheTokenInAnyForm() throws Exception {
        try (var run = Setting.of(issuer, folder).with("--lease", "3s").sh(TELL_AND_WAIT)) {
            var token = run.awaitFile("seen");
            issuer.revoke(token);
            Thread.sleep(2000);
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            assertThat(run.err()).contains("granted").contains("had already ended");
            assertThat(TokenMasks.of(TaskToken.of(token)))
                    .noneMatch(run.out()::contains)
                    .noneMatch(run.err()::contains);
        }
    }

    @Test
    void theRunnerOfGithubIsToldEveryMaskBeforeAnythingElse() throws Exception {
        try (var run =
                Setting.of(issuer, folder).having("GITHUB_ACTIONS", "true").sh(TELL_AND_WAIT)) {
            var masks = TokenMasks.of(TaskToken.of(run.awaitFile("seen")));
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            var lines = run.err().lines().toList();
            assertThat(lines.subList(0, masks.size()))
                    .containsExactlyInAnyOrderElementsOf(masks.stream()
                            .map(mask -> "::add-mask::" + mask.replace("%", "%25"))
                            .toList());
            assertThat(masks).noneMatch(String.join("\n", lines.subList(masks.size(), lines.size()))::contains);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void noMaskIsWrittenIntoAFile() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/stderr")), "NOT RUN: needs /dev/stderr");
        try (var run = Setting.of(issuer, folder)
                .having("GITHUB_ACTIONS", "true")
                .stderrTo("err.txt")
                .sh(TELL_AND_WAIT)) {
            var masks = TokenMasks.of(TaskToken.of(run.awaitFile("seen")));
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            var text = Files.readString(folder.resolve("err.txt"));
            assertThat(text).contains("could not be told to mask the token");
            assertThat(masks).noneMatch(text::contains);
        }
    }

    @Test
    void whoThrowsStderrAwayOnGithubIsToldInTheSummaryThatNothingIsMasked() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/stderr")), "NOT RUN: needs /dev/stderr");
        var summary = folder.resolve("summary.md");
        try (var run = Setting.of(issuer, folder)
                .having("GITHUB_ACTIONS", "true")
                .having("GITHUB_STEP_SUMMARY", summary.toString())
                .stderrTo("/dev/null")
                .sh("printf x")) {
            assertThat(run.await()).isZero();
            assertThat(run.out()).isEqualTo("x");
            assertThat(summary).content().contains("could not be told to mask the token");
        }
    }

    /** The processes in whose file of that name one of the texts is. */
    private static List<Long> holders(String file, Set<String> texts) throws IOException {
        var found = new ArrayList<Long>();
        try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                var content = read(process.resolve(file));
                if (texts.stream().anyMatch(content::contains)) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException endedOrForeign) {
            return "";
        }
    }
}
