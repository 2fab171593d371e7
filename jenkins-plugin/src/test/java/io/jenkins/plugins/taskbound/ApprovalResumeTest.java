// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that stops while a step waits for people, and starts again. */
class ApprovalResumeTest {
    private static final String AGAIN = "continues to wait for approval after the restart of Jenkins";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    @Test
    void theWaitGoesOnWithTheSameRequestAndFreshIdTokens() throws Throwable {
        startUntilItWaits(STEP + ") { echo 'in' }");
        int before = issuer.requests("/token").size();
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage(AGAIN, run);
            Builds.eventually(() -> issuer.requests("/token").size() >= before + 2);
            assertThat(run.getAction(TaskTokensAction.class).getWaiting()).hasSize(1);
            issuer.approvals().approve();
            Builds.on(jenkins).end(run, Result.SUCCESS);
            jenkins.assertLogContains("taskbound: approved after", run);
            assertThat(run.getAction(TaskTokensAction.class).getWaiting()).isEmpty();
        });
        List<IssuerRequest> asked = issuer.requests("/token");
        assertThat(asked.stream()
                        .map(request -> request.get("txn") + request.get("holder_challenge"))
                        .distinct())
                .hasSize(1);
        assertThat(asked).extracting(request -> request.get("subject_token")).doesNotHaveDuplicates();
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void neitherTheVerifierNorAnIdTokenIsOnDiskInClear(@TempDir Path copy) throws Throwable {
        startUntilItWaits(STEP + ", lease: '3s') { sleep 5 }");
        FileUtils.copyDirectory(sessions.getHome(), copy.toFile());
        assertThat(Files.walk(copy).filter(file -> file.endsWith("program.dat")))
                .isNotEmpty();
        for (IssuerRequest request : issuer.requests("/token")) {
            new TokenTraces(request.get("subject_token")).assertNoneBelow(copy);
        }
        sessions.then(jenkins -> {
            jenkins.waitForMessage(AGAIN, run(jenkins));
            issuer.approvals().approve();
            Builds.on(jenkins).end(run(jenkins), Result.SUCCESS);
        });
        String verifier = issuer.requests("/renew").get(0).get("holder_verifier");
        assertThat(verifier).hasSize(43);
        new TokenTraces(verifier).assertNoneBelow(copy);
        new TokenTraces(verifier).assertNoneBelow(sessions.getHome().toPath());
    }

    @Test
    void whatWasDecidedMeanwhileCounts() throws Throwable {
        startUntilItWaits(STEP + ") { echo 'must not run' }");
        issuer.approvals().deny();
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.FAILURE);
            Builds.assertOneSentence("The task sign-release was not granted", run);
        });
        assertThat(issuer.tokens()).isEmpty();
    }

    @Test
    void theStepsOwnLimitGoesOnToo() throws Throwable {
        startUntilItWaits(STEP + ", approvalWait: '8s') { echo 'must not run' }");
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.FAILURE);
            Builds.assertOneSentence("was not approved by " + TestApprovals.GROUP, run);
        });
        assertThat(issuer.tokens()).isEmpty();
    }

    @Test
    void anAbortAfterTheRestartEndsIt() throws Throwable {
        startUntilItWaits(STEP + ") { echo 'must not run' }");
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage(AGAIN, run);
            run.doStop();
            Builds.on(jenkins).end(run, Result.ABORTED);
            jenkins.assertLogContains("stopped while waiting for approval", run);
        });
        assertThat(issuer.tokens()).isEmpty();
    }

    /** An approval is for one token, and nobody was asked for a second one. */
    @Test
    void anApprovedTokenThatDiedMeanwhileIsNotReplaced() throws Throwable {
        startUntilItWaits(STEP + ") { semaphore 'in' }");
        sessions.then(jenkins -> {
            jenkins.waitForMessage(AGAIN, run(jenkins));
            issuer.approvals().approve();
            SemaphoreStep.waitForStart("in/1", run(jenkins));
        });
        int asked = issuer.requests("/token").size();
        issuer.kill(issuer.onlyToken());
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.FAILURE);
            Builds.assertOneSentence("it needs another approval, so run the step again", run);
        });
        assertThat(issuer.requests("/token")).hasSize(asked);
    }

    private void startUntilItWaits(String script) throws Throwable {
        issuer.approvals().require(1);
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins, issuer).start(script);
            jenkins.waitForMessage("this needs approval by", run);
        });
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        return jenkins.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
    }
}
