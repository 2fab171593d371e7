// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.run.WrappedRun.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole life against a real issuer: granted, used by a real command, closed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
@ExtendWith(OneIssuer.class)
class RunIT {
    /** Tells the test what the token is, then waits until it is told to go on. */
    private static final String TELL = "cat \"$TASKBOUND_TOKEN_FILE\" > seen.tmp; echo >> seen.tmp; mv seen.tmp seen;";

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;

    RunIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    private Setting setting;

    @BeforeEach
    void setUp() {
        setting = Setting.of(issuer, folder);
    }

    @Test
    void theCommandHoldsALivingTokenInItsVariableAndItsFiles() throws Exception {
        try (var run = setting.sh("printf %s \"$TASKBOUND_TOKEN\" | cmp - \"$TASKBOUND_TOKEN_FILE\" || exit 9; "
                + "printf 'Authorization: Bearer %s\\n' \"$TASKBOUND_TOKEN\" | cmp - \"$TASKBOUND_HEADER_FILE\""
                + " || exit 8;"
                + TELL + "while [ ! -e go ]; do sleep 0.1; done")) {
            var token = run.awaitFile("seen");
            assertThat(issuer.isAlive(token, "deployer")).isTrue();
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 126, 127, 255})
    void theTokenIsDeadWhenTheCommandHasEndedAndItsCodeIsOurs(int code) throws Exception {
        try (var run = setting.sh(TELL + "exit " + code)) {
            assertThat(run.await()).isEqualTo(code);
            assertThat(issuer.isAlive(run.awaitFile("seen"), "deployer")).isFalse();
            assertThat(run.err()).contains("taskbound: closed by step end, lived ");
        }
    }

    @Test
    void writesTheReceiptOfTheClosedTokenThatAnybodyCanVerify() throws Exception {
        try (var run = setting.with("--receipt", "receipt.json").sh("exit 3")) {
            assertThat(run.await()).isEqualTo(3);
            assertThat(run.err()).contains("taskbound: the receipt is in receipt.json");
        }
        var file = folder.resolve("receipt.json").toString();
        var verified = Ran.of("verify", file, "--issuer", issuer.url());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out())
                .contains("task       deploy", "closed by its holder", "never: no resource server redeemed it");
    }

    @Test
    void aReceiptThatCannotBeWrittenIsAWarningAndNoMore() throws Exception {
        try (var run = setting.with("--receipt", "no/such/folder/receipt.json").sh("exit 0")) {
            assertThat(run.await()).isZero();
            assertThat(run.err()).contains("taskbound: no receipt in no/such/folder/receipt.json");
        }
    }

    @Test
    void aCommandThatASignalEndedIsReportedAsAShellDoes() throws Exception {
        try (var run = setting.sh("kill -s KILL $$")) {
            assertThat(run.await()).isEqualTo(137);
        }
    }

    @Test
    void theFilesAreTheUsersAloneAndGoneAfterwards() throws Exception {
        try (var run = setting.sh("echo \"$TASKBOUND_TOKEN_FILE\" > where; while [ ! -e go ]; do sleep 0.1; done")) {
            var token = Path.of(run.awaitFile("where"));
            var home = token.getParent();
            assertThat(permissions(token)).isEqualTo("rw-------");
            assertThat(permissions(home.resolve("header"))).isEqualTo("rw-------");
            assertThat(permissions(home)).isEqualTo("rwx------");
            assertThat(home.startsWith(folder)).as("outside the working folder").isFalse();
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            assertThat(home).doesNotExist();
        }
    }

    @Test
    void whatTheCommandPutBesideTheFilesGoesToo() throws Exception {
        try (var run = setting.sh(
                "d=$(dirname \"$TASKBOUND_TOKEN_FILE\"); mkdir \"$d/more\"; echo x > \"$d/more/y\"; echo \"$d\""
                        + " > where")) {
            assertThat(run.await()).isZero();
            assertThat(Path.of(run.awaitFile("where"))).doesNotExist();
        }
    }

    @Test
    void theTokensFilesLieOutsideTheWorkspace() throws Exception {
        var inside = Files.createDirectories(folder.resolve("tmp"));
        try (var run = setting.having("RUNNER_TEMP", inside.toString())
                .having("GITHUB_WORKSPACE", folder.toString())
                .sh("echo \"$TASKBOUND_TOKEN_FILE\" > where")) {
            assertThat(run.await()).isZero();
            assertThat(Path.of(run.awaitFile("where")).startsWith(folder)).isFalse();
        }
    }

    @Test
    void theCommandsInputAndOutputsAreItsOwn() throws Exception {
        try (var run = setting.with("--quiet").sh("echo to-out; echo to-err >&2")) {
            assertThat(run.await()).isZero();
            assertThat(run.out()).isEqualTo("to-out\n");
            assertThat(run.err()).isEqualTo("to-err\n");
        }
    }

    @Test
    void itsArgumentsReachItAsTheyAre() throws Exception {
        try (var run = setting.with("--quiet").start("printf", "%s|", "a b", "--task", "", "$HOME", "@file", "*")) {
            assertThat(run.await()).isZero();
            assertThat(run.out()).isEqualTo("a b|--task||$HOME|@file|*|");
        }
    }

    /** Macs read arguments as UTF-8 in every locale. */
    @Test
    @DisabledOnOs(OS.MAC)
    void anArgumentThatJavaWouldGarbleIsRefused() throws Exception {
        try (var run = setting.having("LC_ALL", "C").start("printf", "%s", "ü")) {
            assertThat(run.await()).isEqualTo(2);
            assertThat(run.err()).contains("cannot read in this locale; set LC_ALL=C.UTF-8");
        }
    }

    @Test
    void theCommandDoesNotGetTheIdToken() throws Exception {
        var idToken = issuer.idToken();
        try (var run = setting.having("TASKBOUND_ID_TOKEN", idToken).sh("env")) {
            assertThat(run.await()).isZero();
            assertThat(run.out())
                    .contains("TASKBOUND_HANDLE=")
                    .doesNotContain(idToken)
                    .doesNotContain("ID_TOKEN");
        }
    }

    @Test
    void unlessToldToPassIt() throws Exception {
        var idToken = issuer.idToken();
        try (var run = setting.having("TASKBOUND_ID_TOKEN", idToken)
                .with("--pass-id-token")
                .sh("env")) {
            assertThat(run.await()).isZero();
            assertThat(run.out()).contains("TASKBOUND_ID_TOKEN=" + idToken);
        }
    }

    @Test
    void theIdTokenMayComeFromAFileOrACommand() throws Exception {
        Files.writeString(folder.resolve("id"), issuer.idToken("1") + "\n");
        Files.writeString(folder.resolve("id2"), issuer.idToken("2") + "\n");
        try (var fromFile = setting.with("--id-token-file", "id").sh("true");
                var fromCommand = setting.with("--id-token-command", "cat id2; printf %s \"$TASKBOUND_AUDIENCE\" > aud")
                        .sh("true")) {
            assertThat(fromFile.await()).isZero();
            assertThat(fromCommand.await()).isZero();
            assertThat(folder.resolve("aud")).hasContent(issuer.url());
        }
    }

    @Test
    void aCommandThatLeavesAChildBehindEndsTheTokenAllTheSame() throws Exception {
        try (var run = setting.sh(TELL + "sleep 30 >/dev/null 2>&1 & while [ ! -e seen ]; do sleep 0.1; done")) {
            assertThat(run.await()).isZero();
            assertThat(issuer.isAlive(run.awaitFile("seen"), "deployer")).isFalse();
        }
    }

    @Test
    void aShortLeaseIsKeptAliveByTheHeartbeat() throws Exception {
        try (var run =
                setting.with("--lease", "5s").sh(TELL + "sleep 9; touch late; while [ ! -e go ]; do sleep 0.1; done")) {
            var token = run.awaitFile("seen");
            while (!Files.exists(folder.resolve("late"))) {
                assertThat(issuer.isAlive(token, "deployer")).isTrue();
                Thread.sleep(500);
            }
            assertThat(issuer.isAlive(token, "deployer")).isTrue();
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            assertThat(run.err())
                    .contains("dies 5 s after its last heartbeat")
                    .doesNotContain("a heartbeat got no answer");
        }
    }

    @Test
    void saysOnceThatTheTokenIsDeadAndLetsTheCommandGoOn() throws Exception {
        try (var run = setting.with("--lease", "3s").sh(TELL + "while [ ! -e go ]; do sleep 0.1; done; echo went on")) {
            assertThat(issuer.revoke(run.awaitFile("seen")).status()).isEqualTo(200);
            run.awaitError("the token is dead while the command is still running");
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            assertThat(run.out()).isEqualTo("went on\n");
            assertThat(run.err()
                            .lines()
                            .filter(line -> line.contains("the token is dead while the command is still running")))
                    .hasSize(1);
            assertThat(run.err()).contains("taskbound: had already ended: ");
        }
    }

    @Test
    void aDryRunIssuesAndRunsNothing() throws Exception {
        var idToken = issuer.idToken();
        var asking = setting.having("TASKBOUND_ID_TOKEN", idToken);
        try (var dry = asking.with("--dry-run").sh("touch ran")) {
            assertThat(dry.await()).isZero();
            assertThat(dry.err()).contains("this would be granted");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
        try (var real = asking.sh("true")) {
            assertThat(real.await()).as("the ID token was not used up").isZero();
        }
    }

    @Test
    void aDryRunsAnswerIsALineOfJsonWhereThatIsWanted() throws Exception {
        try (var yes = setting.with("--dry-run", "--json").start();
                var no = setting.asking("deploy", "deploy", "env:staging")
                        .with("--dry-run", "--json")
                        .start()) {
            assertThat(yes.await()).isZero();
            assertThat(yes.out()).isEqualTo("{\"would_grant\":true}\n");
            assertThat(no.await()).isEqualTo(1);
            assertThat(no.out())
                    .startsWith(
                            "{\"would_grant\":false,\"error\":\"invalid_authorization_details\",\"error_description\":\"")
                    .containsPattern("\"request_id\":\"[^\"]+\"}\n$");
            assertThat(no.err()).contains("Refused by ");
        }
    }

    @Test
    void noIdTokenOfTheIssuerIsLeftToTheCommandUnderAnyName() throws Exception {
        var idToken = issuer.idToken();
        try (var run = setting.having("TASKBOUND_ID_TOKEN", idToken)
                .having("CIRCLE_OIDC_TOKEN", "x.y.z")
                .having("DEPLOY_ID_TOKEN", issuer.idToken("2"))
                .having("KEPT", UnsignedJwt.forAudience("https://vault.acme.example"))
                .sh("env")) {
            assertThat(run.await()).isZero();
            assertThat(run.out()).contains("KEPT=").doesNotContain("ID_TOKEN", "OIDC_TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--dry-run"})
    void aRefusalSaysWhatAPolicyOwnerNeedsAndRunsNothing(String option) throws Exception {
        var refused = setting.asking("deploy", "deploy", "env:staging");
        try (var run = (option.isEmpty() ? refused : refused.with(option)).sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("Refused by " + issuer.url() + ": invalid_authorization_details")
                    .contains("taskbound policy explain --request-id ")
                    .contains("repository_id: \"2002\"");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void anIdTokenThatWasUsedIsRefused() throws Exception {
        try (var first = setting.sh("true");
                var second = setting.sh("true")) {
            assertThat(first.await() + second.await()).isEqualTo(1);
        }
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
