// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How tokens end, and that they live as long as their blocks. */
@WithJenkins
class LifeTest {
    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = Builds.on(rule, issuer);
    }

    @Test
    void failingBody() throws Exception {
        WorkflowRun run = builds.fail(STEP + ") { error 'no luck' }");
        jenkins.assertLogContains("ERROR: no luck", run);
        isClosedOnce();
    }

    @Test
    void unstableBody() throws Exception {
        builds.end(builds.start(STEP + ") { unstable 'so so' }"), Result.UNSTABLE);
        isClosedOnce();
    }

    @Test
    void abort() throws Exception {
        WorkflowRun run = inBlock(STEP + ") { semaphore 'in' }");
        run.doStop();
        builds.end(run, Result.ABORTED);
        jenkins.assertLogContains("closed by cancel", run);
        isClosedOnce();
    }

    @Test
    void timeout() throws Exception {
        builds.end(builds.start("timeout(time: 10, unit: 'SECONDS') { " + STEP + ") { sleep 100 } }"), Result.ABORTED);
        isClosedOnce();
    }

    @Test
    void hardKill() throws Exception {
        WorkflowRun run = inBlock(STEP + ") { semaphore 'in' }");
        run.doKill();
        builds.end(run, Result.ABORTED);
        jenkins.assertLogContains("closed by run end", run);
        isClosedOnce();
    }

    @Test
    void aFailingBranchEndsItsSiblingsTokensToo() throws Exception {
        WorkflowRun run = builds.start("parallel(failFast: true, a: { " + STEP
                + ") { semaphore 'in' } }, b: { semaphore 'b'\n error 'no luck' })");
        SemaphoreStep.waitForStart("in/1", run);
        SemaphoreStep.success("b/1", null);
        builds.end(run, Result.FAILURE);
        isClosedOnce();
    }

    @Test
    void agentLost() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("remote"));
        WorkflowRun run = inBlock("node('remote') { " + STEP + ", file: true) { semaphore 'in' } }");
        agent.toComputer().disconnect(new OfflineCause.ByCLI("gone")).get();
        SemaphoreStep.success("in/1", null);
        jenkins.waitForMessage("closed by step end", run);
        jenkins.waitForMessage("could not delete the token's file", run);
        isClosedOnce();
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void theHeartbeatOutlivesManyLeases() throws Exception {
        WorkflowRun run = inBlock(STEP + ", lease: '3s') { semaphore 'in' }");
        Thread.sleep(12_000);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        SemaphoreStep.success("in/1", null);
        builds.end(run, Result.SUCCESS);
        int beats = issuer.requests("/renew").size();
        assertThat(beats).isGreaterThanOrEqualTo(9);
        isClosedOnce();
        Thread.sleep(2_500);
        assertThat(issuer.requests("/renew")).as("no heartbeat after the end").hasSize(beats);
    }

    @Test
    void aTokenThatDiesInTheBlockIsSaidOnceAndFailsNothing() throws Exception {
        WorkflowRun run = inBlock(STEP + ", lease: '3s') { semaphore 'in' }");
        issuer.kill(issuer.onlyToken());
        jenkins.waitForMessage("the token is dead while the block is still running", run);
        Thread.sleep(2_500);
        assertThat(issuer.requests("/renew").size()).isLessThanOrEqualTo(2);
        SemaphoreStep.success("in/1", null);
        builds.end(run, Result.SUCCESS);
        jenkins.assertLogContains("had already ended", run);
    }

    @Test
    void aMissedHeartbeatIsSaidAndTheNextOneFollows() throws Exception {
        WorkflowRun run = inBlock(STEP + ", lease: '6s') { semaphore 'in' }");
        issuer.make("/renew", Mood.HTML);
        jenkins.waitForMessage("a heartbeat got no answer", run);
        issuer.make("/renew", Mood.RIGHT);
        Thread.sleep(6_000);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        SemaphoreStep.success("in/1", null);
        builds.end(run, Result.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSES", "HTML", "BUSY", "REDIRECTS"})
    void aFailedCloseChangesNoResultAndSaysUntilWhen(Mood mood) throws Exception {
        issuer.make("/revoke", mood);
        WorkflowRun run = builds.succeed(STEP + ") {}");
        jenkins.assertLogContains("taskbound: could not be closed", run);
        jenkins.assertLogContains("a copy of it could be used until", run);
        jenkins.assertLogContains(issuer.handle(issuer.onlyToken()), run);
    }

    @Test
    void aFailedCloseDoesNotHideAFailingBody() throws Exception {
        issuer.make("/revoke", Mood.REFUSES);
        WorkflowRun run = builds.fail(STEP + ") { error 'no luck' }");
        jenkins.assertLogContains("ERROR: no luck", run);
        jenkins.assertLogContains("taskbound: could not be closed", run);
    }

    @Test
    void whatTheStepCouldNotCloseTheEndOfTheRunCloses() throws Exception {
        issuer.make("/revoke", Mood.REFUSES);
        WorkflowRun run = builds.start(STEP + ") {}\n semaphore 'after'");
        SemaphoreStep.waitForStart("after/1", run);
        jenkins.waitForMessage("could not be closed", run);
        issuer.make("/revoke", Mood.RIGHT);
        SemaphoreStep.success("after/1", null);
        builds.end(run, Result.SUCCESS);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        jenkins.assertLogContains("closed by run end", run);
    }

    @Test
    void aSlowCloseHoldsUpNoOtherBranch() throws Exception {
        issuer.make("/revoke", Mood.SILENT);
        WorkflowRun run = builds.start("parallel a: { " + STEP + ") {} }, b: { semaphore 'b'\n echo 'b goes on' }");
        Builds.eventually(() -> !issuer.requests("/revoke").isEmpty());
        SemaphoreStep.waitForStart("b/1", run);
        SemaphoreStep.success("b/1", null);
        jenkins.waitForMessage("b goes on", run);
        jenkins.assertLogNotContains("closed by step end", run);
        issuer.make("/revoke", Mood.RIGHT);
        builds.end(run, Result.SUCCESS);
    }

    @Test
    void anAnswerThatGotLostIsAskedForAgain() throws Exception {
        issuer.make("/token", Mood.SILENT);
        WorkflowRun run = builds.start(STEP + ") {}");
        Builds.eventually(() -> !issuer.tokens().isEmpty());
        issuer.make("/token", Mood.RIGHT);
        builds.end(run, Result.SUCCESS);
        assertThat(issuer.requests("/token")).hasSize(2);
        isClosedOnce();
    }

    @Test
    void anAbortWhileTheIssuerThinksLeavesNoTokenAlive() throws Exception {
        issuer.make("/token", Mood.SILENT);
        WorkflowRun run = builds.start(STEP + ") { error 'must not run' }");
        Builds.eventually(() -> !issuer.tokens().isEmpty());
        run.doStop();
        issuer.make("/token", Mood.RIGHT);
        builds.end(run, Result.ABORTED);
        jenkins.assertLogNotContains("must not run", run);
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) == Standing.CLOSED);
    }

    /** Terminating ends the step without a word to it; what it was granted afterwards is nobody's. */
    @Test
    void aTerminationWhileTheIssuerThinksLeavesNoTokenAlive() throws Exception {
        issuer.make("/token", Mood.SLOW);
        WorkflowRun run = builds.start(STEP + ") { error 'must not run' }");
        Builds.eventually(() -> !issuer.requests("/token").isEmpty());
        run.doTerm();
        builds.end(run, Result.ABORTED);
        jenkins.assertLogNotContains("must not run", run);
        Builds.eventually(() -> !issuer.tokens().isEmpty());
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) == Standing.CLOSED);
    }

    @Test
    void aSlowIssuerIsWaitedFor() throws Exception {
        issuer.make("/token", Mood.SLOW);
        issuer.make("/revoke", Mood.SLOW);
        builds.succeed(STEP + ") { echo 'in' }");
        isClosedOnce();
    }

    @Test
    void aTerminationInTheBlock() throws Exception {
        WorkflowRun run = inBlock(STEP + ") { semaphore 'in' }");
        run.doTerm();
        builds.end(run, Result.ABORTED);
        isClosedOnce();
    }

    /** A range can't be written with the build's program, so the build dies while its branches still ask. */
    @Test
    void aBuildThatDiesWhileItsBranchesAskLeavesNoTokenAlive() throws Exception {
        builds.fail("parallel((1..5).collectEntries { n -> [\"b$n\", { " + STEP + ") { semaphore 'in' } }] })");
        Builds.eventually(() -> issuer.tokens().stream().allMatch(token -> issuer.standing(token) == Standing.CLOSED));
    }

    private WorkflowRun inBlock(String script) throws Exception {
        WorkflowRun run = builds.start(script);
        SemaphoreStep.waitForStart("in/1", run);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        return run;
    }

    private void isClosedOnce() {
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        assertThat(issuer.requests("/revoke")).hasSize(1);
    }
}
