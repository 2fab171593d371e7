// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A step waits, and people decide at the real issuer by ID tokens of their own. */
@EnabledIf(
        value = "theIssuerIsHere",
        disabledReason = "needs the command line of Taskbound: -Dtaskbound.jar=…/taskbound.jar")
@WithJenkins
class RealApprovalTest {
    private static final String MANAGERS = "release-managers";
    private static final String ROTATE = "withTaskToken(task: 'rotate-root-key', identifier: 'key:root'";
    private static final String DROP = "withTaskToken(task: 'drop-table', identifier: 'table:orders'";

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
    void twoPeopleApproveTheBlockRunsAndTheReceiptNamesBoth() throws Exception {
        WorkflowRun run = waiting("def receipt = " + ROTATE + ", receipt: true) { echo 'in' }");
        String id = approvalId(run);
        JSONObject first = issuer.show(id, "anna", MANAGERS);
        assertThat(first.getString("text")).contains("key:root", "/job/release/");
        assertThat(issuer.decide(id, "anna", MANAGERS, "approve").getString("state"))
                .isEqualTo("pending");
        jenkins.waitForMessage("1 of 2 approvals given", run);
        assertThat(issuer.decide(id, "anna", MANAGERS, "approve").getString("error"))
                .as("twice")
                .isEqualTo("access_denied");
        assertThat(issuer.show(id, "mallory", "interns").getString("error")).isEqualTo("access_denied");
        assertThat(issuer.decide(id, "bert", MANAGERS, "approve").getString("state"))
                .isEqualTo("approved");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(JenkinsRule.getLog(run))
                .containsSubsequence("taskbound: approved after", "in\n", "closed by step end");
        TaskTokenRecord token =
                run.getAction(TaskTokensAction.class).getTokens().get(0);
        assertThat(token.getIssuerSays())
                .isEqualTo("closed by its holder; never redeemed; approved by name-of-anna, name-of-bert");
        assertThat(payload(token.getReceipt())).contains("\"id\":\"" + id + "\"", "name-of-anna", "name-of-bert");
    }

    @Test
    void oneWhoDeniesItEndsIt() throws Exception {
        WorkflowRun run = waiting(DROP + ") { echo 'must not run' }");
        String id = approvalId(run);
        issuer.decide(id, "anna", MANAGERS, "deny");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        Builds.assertOneSentence("The task drop-table was not granted: an approver denied this request", run);
        jenkins.assertLogContains("approval " + id, run);
        jenkins.assertLogNotContains("must not run\n", run);
    }

    @Test
    void anApprovalOfAnAbortedStepIsOfNoUse() throws Exception {
        WorkflowRun run = waiting(DROP + ") { echo 'must not run' }");
        String id = approvalId(run);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        issuer.decide(id, "anna", MANAGERS, "approve");
        assertThat(run.getAction(TaskTokensAction.class).getTokens()).isEmpty();
    }

    @Test
    void afterAMinuteItIsTooLate() throws Exception {
        WorkflowRun run = waiting(DROP + ") { echo 'must not run' }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        Builds.assertOneSentence("The task drop-table was not granted: nobody approved this request in time", run);
    }

    @Test
    void aDryRunAsksNobody() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(ROTATE + ", dryRun: true) {}"));
        jenkins.assertLogContains("this would be granted after approval by release-managers", run);
    }

    private static String payload(String receipt) {
        return new String(
                Base64.getDecoder().decode(JSONObject.fromObject(receipt).getString("payload")),
                StandardCharsets.UTF_8);
    }

    private static String approvalId(WorkflowRun run) {
        return run.getAction(TaskTokensAction.class).getWaiting().get(0).getApprovalId();
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun waiting(String script) throws Exception {
        WorkflowRun run = job(script).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("this needs approval by", run);
        return run;
    }
}
