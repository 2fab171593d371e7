// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.util.Arrays;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A step whose task people have to approve. */
@WithJenkins
class ApprovalTest {
    private static final String ASKED = "this needs approval by " + TestApprovals.GROUP;

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = Builds.on(rule, issuer);
        issuer.approvals().require(1);
    }

    @Test
    void theBlockRunsOnceItIsApproved() throws Exception {
        WorkflowRun run = waiting(STEP + ") { echo 'in' }");
        assertThat(issuer.tokens()).isEmpty();
        issuer.approvals().approve();
        builds.end(run, Result.SUCCESS);
        String log = JenkinsRule.getLog(run);
        assertThat(log).containsOnlyOnce(ASKED).containsPattern("taskbound: approved after \\d+ s");
        assertThat(log).containsSubsequence("taskbound: or in a terminal: taskbound approve " + approvalId(), "in\n");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void eachRequestIsTheSameWithAnIdTokenOfItsOwn() throws Exception {
        WorkflowRun run = waiting(STEP + ") {}");
        Builds.eventually(() -> issuer.requests("/token").size() >= 3);
        issuer.approvals().approve();
        builds.end(run, Result.SUCCESS);
        List<IssuerRequest> asked = issuer.requests("/token");
        assertThat(asked).extracting(request -> request.get("txn")).containsOnly(txn());
        assertThat(asked.stream()
                        .map(request -> request.get("holder_challenge"))
                        .distinct())
                .hasSize(1);
        assertThat(asked).extracting(request -> request.get("subject_token")).doesNotHaveDuplicates();
    }

    @Test
    void itHoldsNoThreadAndNoRestartBack() throws Exception {
        WorkflowRun run = waiting(STEP + ") {}");
        StepExecution step = step(run);
        Builds.eventually(() -> !step.blocksRestart());
        assertThat(step.getStatus()).matches("Waiting for approval by " + TestApprovals.GROUP + "; (29|30) min left");
        assertThat(Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream))
                .noneMatch(frame -> frame.getClassName().startsWith("io.jenkins.plugins.taskbound.TaskTokenExecution"));
        stop(run);
    }

    @Test
    void thePagesOfTheBuildLinkToTheApprovalUntilItIsOver() throws Exception {
        WorkflowRun run = waiting(STEP + ") {}");
        String link = issuer.url() + "/approve/" + approvalId();
        for (String page : List.of("", "task-tokens/")) {
            HtmlPage shown = jenkins.createWebClient().getPage(run, page);
            assertThat(shown.asNormalizedText())
                    .contains("Waiting for approval by " + TestApprovals.GROUP, Builds.TARGET)
                    .doesNotContain("sign-release" + Builds.TARGET, "No token was granted");
            assertThat(shown.getAnchorByText("Approve or deny").getHrefAttribute())
                    .isEqualTo(link);
        }
        assertThat(jenkins.getJSON(run.getUrl() + "task-tokens/api/json").getContentAsString())
                .contains("\"approvalId\":\"" + approvalId() + "\"", "\"approvalsNeeded\":1");
        issuer.approvals().approve();
        builds.end(run, Result.SUCCESS);
        for (String page : List.of("", "task-tokens/")) {
            assertThat(jenkins.createWebClient().getPage(run, page).asNormalizedText())
                    .doesNotContain("Waiting for approval");
        }
    }

    @Test
    void theLogLinksToItToo() throws Exception {
        WorkflowRun run = waiting(STEP + ") {}");
        HtmlPage console = jenkins.createWebClient().getPage(run, "console");
        assertThat(console.getAnchorByText("approve or deny:").getHrefAttribute())
                .isEqualTo(issuer.url() + "/approve/" + approvalId());
        jenkins.assertLogContains("taskbound: approve or deny: " + issuer.url() + "/approve/" + approvalId(), run);
        stop(run);
    }

    @Test
    void saysThatOneOfTwoHasApprovedAndThatThePolicyChanged() throws Exception {
        issuer.approvals().require(2);
        WorkflowRun run = builds.start(STEP + ") {}");
        jenkins.waitForMessage("this needs approval by 2 people of " + TestApprovals.GROUP, run);
        issuer.approvals().approve();
        jenkins.waitForMessage("1 of 2 approvals given", run);
        issuer.approvals().changePolicy();
        jenkins.waitForMessage("the policy has changed meanwhile", run);
        jenkins.waitForMessage("taskbound approve " + approvalId(), run);
        issuer.approvals().approve();
        issuer.approvals().approve();
        builds.end(run, Result.SUCCESS);
    }

    @Test
    void aDenialIsOneSentence() throws Exception {
        WorkflowRun run = waiting(STEP + ") { echo 'must not run' }");
        issuer.approvals().deny();
        builds.end(run, Result.FAILURE);
        Builds.assertOneSentence(
                "The task sign-release was not granted: as the test has it (access_denied, approval " + approvalId()
                        + ", request id " + TestIssuer.REQUEST_ID + ")",
                run);
        ranNothing(run);
    }

    @Test
    void soIsTheEndOfTheTimeToApproveIt() throws Exception {
        WorkflowRun run = waiting(STEP + ") { echo 'must not run' }");
        issuer.approvals().expire();
        builds.end(run, Result.FAILURE);
        Builds.assertOneSentence("as the test has it (expired_token, approval " + approvalId(), run);
        ranNothing(run);
    }

    @Test
    void theStepWaitsNoLongerThanItSays() throws Exception {
        WorkflowRun run = builds.fail(STEP + ", approvalWait: '3s') { echo 'must not run' }");
        Builds.assertOneSentence("was not approved by " + TestApprovals.GROUP + " within 3", run);
        ranNothing(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "'0'"})
    void orNotAtAll(String zero) throws Exception {
        WorkflowRun run = builds.fail(STEP + ", approvalWait: " + zero + ") { echo 'must not run' }");
        Builds.assertOneSentence(
                "needs approval by " + TestApprovals.GROUP + " (" + issuer.url() + "/approve/" + approvalId() + ")",
                run);
        assertThat(issuer.requests("/token")).hasSize(1);
        ranNothing(run);
    }

    @Test
    void whatIsNoDurationIsRefusedBeforeAnybodyIsAsked() throws Exception {
        WorkflowRun run = builds.fail(STEP + ", approvalWait: 'long') {}");
        Builds.assertOneSentence("approvalWait must be a number followed by s, m or h", run);
        assertThat(issuer.requests()).isZero();
    }

    @Test
    void anAbortEndsTheWaitAndAsksNoMore() throws Exception {
        WorkflowRun run = waiting(STEP + ") { echo 'must not run' }");
        stop(run);
        ranNothing(run);
        int asked = issuer.requests("/token").size();
        Thread.sleep(3_000);
        assertThat(issuer.requests("/token")).hasSize(asked);
        assertThat(JenkinsRule.getLog(run))
                .containsOnlyOnce("stopped while waiting for approval; approval " + approvalId())
                .doesNotContain("ERROR", "\tat ");
    }

    @Test
    void soDoesATimeout() throws Exception {
        WorkflowRun run = builds.end(
                builds.start("timeout(time: 4, unit: 'SECONDS') { " + STEP + ") { echo 'must not run' } }"),
                Result.ABORTED);
        jenkins.assertLogContains("stopped while waiting for approval", run);
        ranNothing(run);
    }

    @Test
    void anAbortWhileTheIssuerGrantsItLeavesNoTokenAlive() throws Exception {
        WorkflowRun run = waiting(STEP + ") { echo 'must not run' }");
        issuer.make("/token", Mood.SILENT);
        issuer.approvals().approve();
        Builds.eventually(() -> !issuer.tokens().isEmpty());
        run.doStop();
        issuer.make("/token", Mood.RIGHT);
        builds.end(run, Result.ABORTED);
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) == Standing.CLOSED);
        jenkins.assertLogNotContains("must not run\n", run);
    }

    @Test
    void aHardKillEndsTheWaitToo() throws Exception {
        WorkflowRun run = waiting(STEP + ") {}");
        run.doKill();
        builds.end(run, Result.ABORTED);
        Thread.sleep(1_500);
        int asked = issuer.requests("/token").size();
        Thread.sleep(3_000);
        assertThat(issuer.requests("/token")).hasSize(asked);
        assertThat(run.getAction(TaskTokensAction.class).getWaiting()).isEmpty();
    }

    @Test
    void anIssuerThatIsAwayForAWhileIsAskedAgain() throws Exception {
        WorkflowRun run = waiting(STEP + ") {}");
        issuer.make("/token", Mood.BUSY);
        jenkins.waitForMessage("still waiting for the approval", run);
        issuer.make("/token", Mood.RIGHT);
        issuer.approvals().approve();
        builds.end(run, Result.SUCCESS);
    }

    @Test
    void aDryRunSaysWhoWouldHaveToApproveAndAsksNobody() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ", dryRun: true) { echo 'must not run' }");
        jenkins.assertLogContains("this would be granted after approval by " + TestApprovals.GROUP, run);
        assertThat(run.getAction(TaskTokensAction.class).getNotGranted())
                .singleElement()
                .satisfies(asked -> assertThat(asked.getAnswer())
                        .isEqualTo("a dry run: this would be granted after approval by " + TestApprovals.GROUP));
        ranNothing(run);
    }

    private WorkflowRun waiting(String script) throws Exception {
        WorkflowRun run = builds.start(script);
        jenkins.waitForMessage(ASKED, run);
        return run;
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        builds.end(run, Result.ABORTED);
    }

    private void ranNothing(WorkflowRun run) throws Exception {
        assertThat(issuer.tokens()).isEmpty();
        jenkins.assertLogNotContains("must not run\n", run);
        assertThat(run.getAction(TaskTokensAction.class).getWaiting()).isEmpty();
    }

    private static StepExecution step(WorkflowRun run) throws Exception {
        return ((CpsFlowExecution) run.getExecution())
                .getCurrentExecutions(true)
                .get()
                .get(0);
    }

    private String txn() {
        return issuer.requests("/token").get(0).get("txn");
    }

    private String approvalId() {
        return issuer.approvals().id(txn());
    }
}
