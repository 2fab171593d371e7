// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static io.taskbound.cli.run.IssuerWithApproval.ID;
import static io.taskbound.cli.run.IssuerWithApproval.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.run.WrappedRun.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step waits for people: it says so, asks again in the same words, and ends clean however that ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
@ExtendWith(OneIssuer.class)
class RunApprovalIT {
    private static final String DENIED = "\"approval_id\":\"" + ID + "\"";

    @TempDir
    private Path folder;

    private final LiveIssuer real;
    private IssuerWithApproval issuer;

    RunApprovalIT(LiveIssuer real) {
        this.real = real;
    }

    @BeforeEach
    void start() throws IOException {
        issuer = new IssuerWithApproval(real);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private Setting setting() {
        return new Setting(
                issuer.url(),
                folder,
                Map.of("TASKBOUND_ID_TOKEN", real.idToken()),
                List.of("--task", "deploy", "--identifier", "env:production", "--id-token-audience", real.url()));
    }

    /** Each time another ID token, from a shell command that counts. */
    private Setting withFreshIdTokens() throws IOException {
        for (int number = 1; number <= 4; number++) {
            Files.writeString(folder.resolve("id-token-" + number), real.idToken());
        }
        return setting().with("--id-token-command", "echo x >> asked; cat id-token-$(grep -c x asked)");
    }

    @Test
    void theCommandRunsOnceItIsApproved() throws Exception {
        issuer.playing(issuer.pending(ID), issuer.pending(ID), issuer.real());
        try (var run = withFreshIdTokens().sh("echo done; exit 7")) {
            assertThat(run.await()).isEqualTo(7);
            assertThat(run.out()).isEqualTo("done\n");
            assertThat(run.err())
                    .containsOnlyOnce("taskbound: this needs approval by release-managers; waiting, ")
                    .contains("taskbound: approve or deny: " + issuer.url() + "/approve/" + ID)
                    .contains("taskbound: or in a terminal: taskbound approve " + ID)
                    .containsPattern("taskbound: approved after \\d+ s\n[^\n]*taskbound: granted deploy: deploy")
                    .contains("taskbound: closed by step end")
                    .doesNotContain("still waiting");
        }
        assertThat(issuer.asked("txn")).hasSize(3);
        assertThat(issuer.asked("txn").stream().distinct()).hasSize(1);
        assertThat(issuer.asked("holder_challenge").stream().distinct()).hasSize(1);
        assertThat(issuer.asked("subject_token").stream().distinct()).hasSize(3);
    }

    @Test
    void aChangedPolicyIsToldOf() throws Exception {
        issuer.playing(issuer.pending(ID), issuer.pending(OTHER), issuer.real());
        try (var run = setting().with("--quiet").sh("exit 0")) {
            assertThat(run.await()).isZero();
            assertThat(run.err())
                    .contains("what was asked before can no longer be approved")
                    .contains("/approve/" + OTHER)
                    .doesNotContain("taskbound: granted");
        }
    }

    @ParameterizedTest
    @CsvSource({"access_denied, it was not approved", "expired_token, nobody approved it in time"})
    void whatIsNotApprovedIsNotRun(String code, String words) throws Exception {
        issuer.playing(issuer.pending(ID), issuer.error(code, DENIED));
        try (var run = setting().sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("taskbound: " + words)
                    .contains("taskbound: as the issuer words it\ntaskbound: approval " + ID + ", request id r-1\n"
                            + "taskbound: the command was not run")
                    .doesNotContain("may have been granted");
        }
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(issuer.calls()).allMatch(call -> call.startsWith("/token "));
    }

    @Test
    void itNeedNotWaitAtAll() throws Exception {
        issuer.playing(issuer.pending(ID));
        try (var run = setting().with("--approval-wait", "0").sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualTo(
                            "taskbound: this needs approval by release-managers\ntaskbound: what was to be approved: "
                                    + issuer.url() + "/approve/" + ID
                                    + "\ntaskbound: an approval can no longer be used: run the step again to ask for"
                                    + " a new one\ntaskbound: the command was not run\n");
        }
        assertThat(issuer.calls()).hasSize(1);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void itWaitsNoLongerThanItIsTold() throws Exception {
        issuer.playing(issuer.pending(ID));
        try (var run = setting().with("--approval-wait", "2s").sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("waiting, 2 s left")
                    .contains("taskbound: not approved by release-managers within 2 s");
        }
        assertThat(issuer.calls()).hasSizeBetween(2, 3);
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130"})
    void aSignalEndsTheWaitAndNothingIsLeft(String signal, int code) throws Exception {
        issuer.playing(issuer.pending(ID));
        try (var run = setting().sh("touch ran")) {
            run.awaitError("taskbound approve " + ID);
            run.signal(signal);
            assertThat(run.await()).isEqualTo(code);
            assertThat(run.err())
                    .contains("taskbound: stopped while waiting for approval; no token was issued")
                    .contains("taskbound: the command was not run");
        }
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(issuer.calls()).allMatch(call -> call.startsWith("/token "));
    }

    @Test
    void aGrantThatRacesWithTheSignalIsClosed() throws Exception {
        issuer.playing(issuer.pending(ID), issuer.heldBack());
        try (var run = setting().sh("touch ran")) {
            issuer.awaitHeldBack();
            run.signal("TERM");
            Thread.sleep(200);
            issuer.letGo();
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err()).contains("taskbound: closed by cancel");
        }
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(issuer.calls()).last().asString().startsWith("/revoke token=");
    }

    @Test
    void anIdTokenThatGotTooOldMeanwhileIsNamed() throws Exception {
        issuer.playing(issuer.pending(ID), issuer.error("invalid_request", "\"x\":1"));
        try (var run = setting().sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("Refused by " + issuer.url() + ": invalid_request")
                    .contains("taskbound: the wait for approval began with this very ID token, which has become too old"
                            + " meanwhile; name a source that gives a fresh one each time, such as --id-token-command");
        }
    }

    @Test
    void aDryRunSaysThatApprovalWouldBeNeeded() throws Exception {
        issuer.playing((exchange, body) -> {
            var answer = "{\"would_grant\":true,\"needs_approval\":[\"release-managers\"]}".getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        });
        try (var run = setting().with("--dry-run", "--json").start()) {
            assertThat(run.await()).isZero();
            assertThat(run.out()).isEqualTo("{\"would_grant\":true,\"needs_approval\":[\"release-managers\"]}\n");
            assertThat(run.err()).contains("this would be granted after approval by release-managers");
        }
    }

    @Test
    void aTimeThatIsNoneIsAUsageError() throws Exception {
        try (var run = setting().with("--approval-wait", "soon").sh("touch ran")) {
            assertThat(run.await()).isEqualTo(2);
            assertThat(run.err()).contains("--approval-wait is not a duration: write it like 90s, 10m or 1h");
        }
    }
}
