// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A block whose task has change windows at the real issuer. */
@EnabledIf(
        value = "theIssuerIsHere",
        disabledReason = "needs the command line of Taskbound: -Dtaskbound.jar=…/taskbound.jar")
@WithJenkins
class RealWindowTest {
    private static final String OUTSIDE = "this task may only be done in its change windows, and none is open";

    private JenkinsRule jenkins;
    private RealIssuer issuer;

    static boolean theIssuerIsHere() {
        return RealIssuer.isHere();
    }

    @BeforeEach
    void start(JenkinsRule rule, @TempDir Path folder) throws Exception {
        jenkins = rule;
        issuer = RealIssuer.trusting(rule, folder);
    }

    @AfterEach
    void stop() throws Exception {
        issuer.close();
    }

    @Test
    void outsideOfThemTheBuildAndItsPageSayWhy() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                job("withTaskToken(task: 'open-books', identifier: 'year:2025') { echo 'must not run' }"));
        Builds.assertOneSentence("The task open-books was not granted: " + OUTSIDE, run);
        assertThat(run.getAction(TaskTokensAction.class).getNotGranted())
                .singleElement()
                .satisfies(asked -> assertThat(asked.getAnswer()).contains(OUTSIDE, "access_denied"));
        jenkins.assertLogNotContains("must not run\n", run);
    }

    @Test
    void aTokenWhoseWindowTheNewPolicyEndsDiesInItsBlock() throws Exception {
        WorkflowRun run =
                start("withTaskToken(task: 'close-books', identifier: 'year:2026', lease: '5s', receipt: true)"
                        + " { semaphore 'in' }");
        SemaphoreStep.waitForStart("in/1", run);
        issuer.endWindows();
        jenkins.waitForMessage("the token is dead while the block is still running", run);
        SemaphoreStep.success("in/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("had already ended", run);
        TaskTokenRecord token =
                run.getAction(TaskTokensAction.class).getTokens().get(0);
        assertThat(token.getCause()).isEqualTo("window");
        assertThat(token.getIssuerSays()).contains("change window");
    }

    @Test
    void aWaitForApprovalEndsWithItsWindow() throws Exception {
        WorkflowRun run =
                start("withTaskToken(task: 'rotate-root-key', identifier: 'key:root') { echo 'must not run' }");
        jenkins.waitForMessage("this needs approval by", run);
        issuer.endWindows();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        Builds.assertOneSentence("The task rotate-root-key was not granted: " + OUTSIDE, run);
        assertThat(run.getAction(TaskTokensAction.class).getWaiting()).isEmpty();
        jenkins.assertLogNotContains("must not run\n", run);
    }

    private WorkflowRun start(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
