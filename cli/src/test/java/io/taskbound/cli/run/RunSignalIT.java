// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.run.WrappedRun.Setting;
import io.taskbound.client.HolderVerifier;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.RenewAnswer;
import io.taskbound.client.TaskToken;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to the wrapper: the token dies at once, whatever the command makes of it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals of that kind")
@ExtendWith(OneIssuer.class)
class RunSignalIT {
    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;

    RunSignalIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    /** Writes the token and the file of the token to {@code seen}, and goes on until a trap ends it. */
    private static String waiting(String trap) {
        return trap + "; echo \"$TASKBOUND_TOKEN $TASKBOUND_TOKEN_FILE\" > seen; while :; do sleep 0.1; done";
    }

    @ParameterizedTest
    @CsvSource({"TERM,143,7", "INT,130,7", "HUP,129,7", "TERM,143,0", "INT,130,0"})
    void theCommandGetsItTheTokenDiesAndTheCodeIsTheCommands(String signal, int number, int own) throws Exception {
        assumeNotIgnored(signal, number);
        try (var run =
                Setting.of(issuer, folder).sh(waiting("trap 'echo got " + signal + "; exit " + own + "' " + signal))) {
            var seen = run.awaitFile("seen").split(" ");
            run.signal(signal);
            assertThat(run.await()).isEqualTo(own);
            assertThat(issuer.isAlive(seen[0], "deployer")).isFalse();
            assertThat(run.out()).isEqualTo("got " + signal + "\n");
            assertThat(run.err()).contains("taskbound: closed by cancel, lived ");
            assertThat(Path.of(seen[1]).getParent()).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130", "HUP,129"})
    void aCommandThatTheSignalEndsIsReportedAsAShellDoes(String signal, int code) throws Exception {
        assumeNotIgnored(signal, code);
        try (var run = Setting.of(issuer, folder).sh(waiting(":"))) {
            run.awaitFile("seen");
            run.signal(signal);
            assertThat(run.await()).isEqualTo(code);
        }
    }

    @Test
    void theTokenIsDeadWhileTheCommandStillIgnoresTheSignal() throws Exception {
        try (var run = Setting.of(issuer, folder).with("--grace", "10s").sh(waiting("trap '' TERM"))) {
            var seen = run.awaitFile("seen").split(" ");
            run.signal("TERM");
            awaitDeath(seen[0]);
            assertThat(Path.of(seen[1])).doesNotExist();
            assertThat(run.commandAndItsChildren()).isNotEmpty();
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err()).contains("the command still ran 10 s after SIGTERM; it was killed");
        }
    }

    @Test
    void whatTheCommandStartedIsKilledWithIt() throws Exception {
        try (var run = Setting.of(issuer, folder)
                .with("--grace", "1s")
                .sh(waiting("trap '' TERM; (echo x > forked; exec sleep 60) & :"))) {
            run.awaitFile("seen");
            run.awaitFile("forked");
            var below = run.commandAndItsChildren();
            assertThat(below).hasSizeGreaterThanOrEqualTo(2);
            run.signal("TERM");
            assertThat(run.await()).isEqualTo(143);
            for (var process : below) {
                process.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void theSecondSignalReachesTheCommandToo() throws Exception {
        try (var run = Setting.of(issuer, folder)
                .sh(waiting("n=0; trap 'n=$((n+1)); echo $n >> count; [ $n -lt 2 ] || exit 9' TERM"))) {
            run.awaitFile("seen");
            run.signal("TERM");
            run.awaitFile("count");
            run.signal("TERM");
            assertThat(run.await()).isEqualTo(9);
            assertThat(Files.readString(folder.resolve("count"))).isEqualTo("1\n2\n");
        }
    }

    @Test
    void afterKill9TheLeaseEndsTheToken() throws Exception {
        try (var run = Setting.of(issuer, folder).with("--lease", "8s").sh(waiting(":"))) {
            var token = run.awaitFile("seen").split(" ")[0];
            var below = run.commandAndItsChildren();
            run.signal("KILL");
            run.await();
            assertThat(issuer.isAlive(token, "deployer")).isTrue();
            awaitDeath(token);
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Whoever copied the token has all that the command had: the token, its files, its environment. */
    @Test
    void afterKill9AThiefWhoRenewsDoesNotKeepTheTokenAlive() throws Exception {
        try (var run = Setting.of(issuer, folder).with("--lease", "8s").sh("env > environment; " + waiting(":"))) {
            var token = run.awaitFile("seen").split(" ")[0];
            var below = run.commandAndItsChildren();
            run.signal("KILL");
            run.await();
            long killed = System.nanoTime();
            var stolen = Files.readString(folder.resolve("environment"));
            assertThat(stolen).doesNotContainIgnoringCase("verifier");
            var thief = IssuerClient.at(issuer.url());
            while (issuer.isAlive(token, "deployer")) {
                assertThat(thief.renew(TaskToken.of(token), HolderVerifier.random()))
                        .isInstanceOf(RenewAnswer.Refused.class);
                assertThat(System.nanoTime() - killed).as("it dies").isLessThan(TimeUnit.SECONDS.toNanos(60));
                Thread.sleep(500);
            }
            // The lease and the time of a busy machine, and far less than the token's lifetime of minutes.
            assertThat(System.nanoTime() - killed).isLessThan(TimeUnit.SECONDS.toNanos(30));
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void awaitDeath(String token) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (issuer.isAlive(token, "deployer")) {
            assertThat(System.nanoTime()).as("it dies").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void aSignalWhileTheIdTokenIsFetchedEndsItWithoutACommand() throws Exception {
        try (var run = Setting.of(issuer, folder)
                .with("--id-token-command", "echo x > asked; sleep 60; true")
                .sh("touch ran")) {
            run.awaitFile("asked");
            run.signal("TERM");
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err()).contains("stopped before a token was requested");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    /** A JVM keeps ignoring what its parent ignored, as nohup and background jobs do. */
    private static void assumeNotIgnored(String signal, int code) throws Exception {
        if (Files.exists(STATUS)) {
            var mask = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> new BigInteger(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElseThrow();
            assumeFalse(mask.testBit(code - 128 - 1), "SIG" + signal + " is ignored by whoever started this build");
        }
    }
}
