// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.TopLevelItemDescriptor;
import java.nio.file.Path;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WithTaskTokenStepTest {
    private static final String STEP = "withTaskToken(task: 'sign-release', identifier: '" + RealIssuer.TARGET + "'";
    private static final String KEEP = "writeFile file: 'token', text: env.TASKBOUND_TOKEN\n";

    private JenkinsRule jenkins;
    private RealIssuer issuer;

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
    void theTokenIsAliveInTheBlockAndDeadAfterIt() throws Exception {
        WorkflowJob job = job("node { " + STEP + ") { " + KEEP + " sleep 3 } }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Sleeping", run);
        String token = token(job);
        assertThat(issuer.redeem(token)).isEqualTo("alive");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(issuer.redeem(token)).isEqualTo("closed");
        jenkins.assertLogContains("closed by step end", run);
    }

    @Test
    void aFailingBlockKeepsItsFailureAndLosesItsToken() throws Exception {
        WorkflowJob job = job("node { " + STEP + ") { " + KEEP + " error 'no luck' } }");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("ERROR: no luck", run);
        assertThat(issuer.redeem(token(job))).isEqualTo("closed");
    }

    @Test
    void anAbortClosesTheToken() throws Exception {
        WorkflowJob job = job("node { " + STEP + ") { " + KEEP + " sleep 100 } }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Sleeping", run);
        run.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("test"));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("closed by cancel", run);
        assertThat(issuer.redeem(token(job))).isEqualTo("closed");
    }

    @Test
    void aTimeOutClosesTheToken() throws Exception {
        WorkflowJob job =
                job("node { timeout(time: 2, unit: 'SECONDS') { " + STEP + ") { " + KEEP + " sleep 100 } } }");
        jenkins.buildAndAssertStatus(Result.ABORTED, job);
        assertThat(issuer.redeem(token(job))).isEqualTo("closed");
    }

    @Test
    void aHardKillLeavesTheTokenToTheEndOfTheRun() throws Exception {
        WorkflowJob job = job("node { " + STEP + ") { " + KEEP + " sleep 100 } }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Sleeping", run);
        run.doKill();
        jenkins.waitForCompletion(run);
        jenkins.waitForMessage("closed by run end", run);
        assertThat(issuer.redeem(token(job))).isEqualTo("closed");
    }

    @Test
    void branchesOfOneSecondAllGetTheirToken() throws Exception {
        WorkflowRun run =
                jenkins.buildAndAssertSuccess(job("def all = [:]\nfor (int i = 0; i < 10; i++) { all[\"b$i\"] = { "
                        + STEP + ") { echo 'in' } } }\nparallel all"));
        assertThat(run.getAction(TaskTokensAction.class).getTokens())
                .hasSize(10)
                .extracting(TaskTokenRecord::getHandle)
                .doesNotHaveDuplicates();
    }

    /** A range can't be written with the build's program, so the build dies while its branches still ask. */
    @Test
    void aBuildThatDiesWhileItsBranchesAskLeavesNoTokenAlive() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                job("parallel((1..5).collectEntries { n -> [\"b$n\", { " + STEP + ") { echo 'in' } }] })"));
        TaskTokensAction page = run.getAction(TaskTokensAction.class);
        await().untilAsserted(() -> assertThat(page.getTokens())
                .hasSize(5)
                .allSatisfy(token -> assertThat(token.getClosedBy()).isNotNull()));
    }

    @Test
    void thePageTellsWhatBecameOfTheToken() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ") { echo 'in' }"));
        String page = jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText();
        assertThat(page).contains("sign-release", "sign " + RealIssuer.TARGET, "step end");
        String json = jenkins.createWebClient()
                .goTo(run.getUrl() + "task-tokens/api/json", "application/json")
                .getWebResponse()
                .getContentAsString();
        assertThat(json).contains("\"closedBy\":\"step end\"", "\"policy\":\"v1 ");
    }

    @Test
    void theLogShowsNoToken() throws Exception {
        WorkflowJob job = job(
                "node { " + STEP + ") { " + KEEP + " echo env.TASKBOUND_TOKEN\n error 'has ' + readFile('token') } }");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("has ****", run);
        jenkins.assertLogNotContains(token(job), run);
    }

    @Test
    void aFileIsGoneAfterTheBlockAndTheVariableHoldsNoToken() throws Exception {
        WorkflowJob job = job("node { " + STEP + ", file: true) { echo \"variable: ${env.TASKBOUND_TOKEN}\"\n"
                + " writeFile file: 'path', text: env.TASKBOUND_TOKEN_FILE\n"
                + " writeFile file: 'token', text: readFile(env.TASKBOUND_TOKEN_FILE) } }");
        jenkins.assertLogContains("variable: null", jenkins.buildAndAssertSuccess(job));
        assertThat(issuer.redeem(token(job))).isEqualTo("closed");
        assertThat(Path.of(workspace(job).child("path").readToString())).doesNotExist();
    }

    @Test
    void aDryRunRunsNothing() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ", dryRun: true) { error 'must not run' }"));
        jenkins.assertLogContains("a dry run: this would be granted", run);
    }

    @Test
    void aRefusalSaysWhomToAskAndShowsNoStackTrace() throws Exception {
        WorkflowJob other = pipeline(jenkins.jenkins, "other", STEP + ") { error 'must not run' }");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, other);
        jenkins.assertLogContains("taskbound policy explain --request-id", run);
        jenkins.assertLogContains("The issuer refused the task sign-release (invalid_authorization_details", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void aFolderHasItsOwnCredentialAndItsOwnIssuer(@TempDir Path folder) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        RealIssuer.add(team);
        issuer.close();
        issuer = RealIssuer.trusting(jenkins, folder);
        jenkins.buildAndAssertSuccess(pipeline(team, "release", STEP + ") { echo 'in' }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task: 'x' | withTaskToken needs either an identifier or details",
                "task: 'x', identifier: 'a:b', details: [[identifier: 'a:c']] | withTaskToken needs either an"
                        + " identifier or details",
                "task: 'x', identifier: 'a:b', credentialsId: 'none' | finds no credential 'none'",
                "task: 'x', identifier: 'a:b', lifetime: 'long' | lifetime must be a number",
                "task: 'x', identifier: 'a:b', issuer: 'http://tokens.acme.example' | issuer URL must be https",
                "task: 'x', identifier: 'a:b', file: true | Required context class hudson.FilePath is missing",
            })
    void aWrongParameterIsOneSentence(String parameters, String sentence) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE, job("withTaskToken(" + parameters + ") { error 'must not run' }"));
        jenkins.assertLogContains(sentence, run);
        jenkins.assertLogNotContains("must not run", run);
    }

    private WorkflowJob job(String script) throws Exception {
        return pipeline(jenkins.jenkins, "release", script);
    }

    private static WorkflowJob pipeline(ModifiableTopLevelItemGroup where, String name, String script)
            throws Exception {
        TopLevelItemDescriptor kind = (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(WorkflowJob.class);
        WorkflowJob job = (WorkflowJob) where.createProject(kind, name, true);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private FilePath workspace(WorkflowJob job) {
        return jenkins.jenkins.getWorkspaceFor(job);
    }

    private String token(WorkflowJob job) throws Exception {
        return workspace(job).child("token").readToString().strip();
    }
}
