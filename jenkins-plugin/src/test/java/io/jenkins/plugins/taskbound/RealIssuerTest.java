// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.htmlunit.WebResponse;
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

/**
 * What the other tests have a stand-in for: the issuer itself, asked by a resource server whether the token is alive.
 */
@EnabledIf(
        value = "theIssuerIsHere",
        disabledReason = "needs the command line of Taskbound: -Dtaskbound.jar=…/taskbound.jar")
@WithJenkins
class RealIssuerTest {
    private static final String BLOCK =
            "node { " + STEP + ") { writeFile file: 'token', text: env.TASKBOUND_TOKEN\n semaphore 'in' } }";

    private JenkinsRule jenkins;
    private RealIssuer issuer;

    static boolean theIssuerIsHere() {
        return RealIssuer.isHere();
    }

    @BeforeEach
    void start(JenkinsRule rule, @TempDir Path folder) throws Exception {
        jenkins = rule;
        RealIssuer.add(rule.createProject(Folder.class, "team"));
        issuer = RealIssuer.trusting(rule, folder);
    }

    @AfterEach
    void stop() throws Exception {
        issuer.close();
    }

    @Test
    void theTokenRedeemsInTheBlockAndNotAfterIt() throws Exception {
        WorkflowRun run = inBlock(BLOCK);
        String token = token(run);
        assertThat(issuer.redeem(token)).isEqualTo("alive");
        SemaphoreStep.success("in/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(issuer.redeem(token)).isEqualTo("closed");
    }

    @Test
    void norAfterAnAbort() throws Exception {
        WorkflowRun run = inBlock(BLOCK);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(issuer.redeem(token(run))).isEqualTo("closed");
    }

    @Test
    void norAfterAHardKill() throws Exception {
        WorkflowRun run = inBlock(BLOCK);
        run.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("closed by run end", run);
        assertThat(issuer.redeem(token(run))).isEqualTo("closed");
    }

    @Test
    void norAfterTheBuildClosedItByItsIdentity() throws Exception {
        WorkflowRun run = inBlock(BLOCK);
        LiveTokens.get()
                .forget(run.getAction(TaskTokensAction.class).getTokens().get(0).key());
        run.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(issuer.redeem(token(run))).isEqualTo("closed");
    }

    @Test
    void branchesOfOneSecondEachGetTheirOwn() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(
                job("def branches = [:]\n for (int n = 1; n <= 8; n++) { branches[\"b$n\".toString()] = { " + STEP
                        + ") {} } }\n parallel branches"));
        assertThat(run.getAction(TaskTokensAction.class).getTokens())
                .hasSize(8)
                .allSatisfy(token -> assertThat(token.getClosedBy()).isEqualTo("step end"))
                .extracting(TaskTokenRecord::getHandle)
                .doesNotHaveDuplicates();
    }

    @Test
    void theBuildKeepsTheReceiptAndTheStepReturnsIt() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job("def receipt = " + STEP
                + ", receipt: true) { echo 'in' }\n echo 'signed: ' + receipt.contains('in-toto')"));
        jenkins.assertLogContains("signed: true", run);
        assertThat(run.getAction(TaskTokensAction.class).getTokens())
                .singleElement()
                .satisfies(token -> {
                    assertThat(token.getReceipt()).contains("\"payloadType\":\"application/vnd.in-toto+json\"");
                    assertThat(token.getIssuerSays()).isEqualTo("closed by its holder; never redeemed");
                    assertThat(token.getCause()).isEqualTo("holder");
                    assertThat(token.getEnded()).matches("20.*Z");
                });
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains("The issuer says: closed by its holder; never redeemed");
        assertThat(jenkins.createWebClient()
                        .goTo(run.getUrl() + "task-tokens/api/json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"cause\":\"holder\"", "\"ended\":\"20");
    }

    @Test
    void theReceiptOfASpentTokenSaysWhoUsedItUp() throws Exception {
        WorkflowRun run = inBlock("node { " + STEP
                + ", receipt: true) { writeFile file: 'token', text: env.TASKBOUND_TOKEN\n semaphore 'in' } }");
        String token = token(run);
        for (int use = 0; use < RealIssuer.MAX_USES; use++) {
            assertThat(issuer.redeem(token)).isEqualTo("alive");
        }
        SemaphoreStep.success("in/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        TaskTokenRecord record =
                run.getAction(TaskTokensAction.class).getTokens().get(0);
        assertThat(record.getCause()).isEqualTo("spent");
        assertThat(record.getIssuerSays()).isEqualTo("used up: signer redeemed its last use; redeemed 5 times");
    }

    /** The issuer is away for longer than a lease, so no heartbeat reaches it. */
    @Test
    void theEndOfALapsedTokenIsItsDeadlineAndNotWhenTheStepClosedIt() throws Exception {
        WorkflowRun run = inBlock(STEP + ", lease: '5s', receipt: true) { semaphore 'in' }");
        issuer.standStill(Duration.ofSeconds(7));
        jenkins.waitForMessage("the token is dead while the block is still running", run);
        SemaphoreStep.success("in/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("had already ended", run);
        TaskTokenRecord record =
                run.getAction(TaskTokensAction.class).getTokens().get(0);
        // The sweeper may have been there before the step.
        assertThat(record.getIssuerSays())
                .matches("lapsed(, and closed by its holder afterwards|: no heartbeat came in time); never redeemed");
        assertThat(Duration.between(Instant.parse(record.getEnded()), Instant.now()))
                .isGreaterThan(Duration.ofSeconds(1));
        assertThat(record.getLivedMillis()).isGreaterThanOrEqualTo(5_000);
    }

    @Test
    void thePageOffersTheReceiptAsAFile() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ", receipt: true) { echo 'in' }"));
        WebResponse file = jenkins.createWebClient()
                .getPage(run, "task-tokens/")
                .getAnchorByText("Download the receipt")
                .click()
                .getWebResponse();
        assertThat(file.getContentAsString().strip())
                .isEqualTo(
                        run.getAction(TaskTokensAction.class).getTokens().get(0).getReceipt());
        assertThat(file.getResponseHeaderValue("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + handle(run) + ".receipt.json\"");
    }

    @Test
    void thePageNamesThePolicyThatAllowedIt() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ") {}"));
        assertThat(run.getAction(TaskTokensAction.class).getTokens().get(0).getPolicy())
                .matches("v1 [0-9a-f]{12}");
    }

    @Test
    void anotherJobIsRefused() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        other.setDefinition(new CpsFlowDefinition(STEP + ") {}", true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, other);
        Builds.assertOneSentence(
                "The issuer refused the task sign-release (invalid_authorization_details, request id ", run);
        jenkins.assertLogContains("taskbound policy explain --request-id", run);
    }

    @Test
    void aFolderIsAnIssuerOfItsOwn() throws Exception {
        WorkflowJob job =
                jenkins.jenkins.getItemByFullName("team", Folder.class).createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(STEP + ") {}", true));
        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void theTestButtonIsContent() {
        assertThat(TaskboundConfiguration.get()
                        .doTestConnection(issuer.url(), "taskbound")
                        .getMessage())
                .contains("Only a build can prove");
    }

    private WorkflowRun inBlock(String script) throws Exception {
        WorkflowRun run = job(script).scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("in/1", run);
        return run;
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private String token(WorkflowRun run) throws Exception {
        return jenkins.jenkins
                .getWorkspaceFor((WorkflowJob) run.getParent())
                .child("token")
                .readToString();
    }

    private static String handle(WorkflowRun run) {
        return run.getAction(TaskTokensAction.class).getTokens().get(0).getHandle();
    }
}
