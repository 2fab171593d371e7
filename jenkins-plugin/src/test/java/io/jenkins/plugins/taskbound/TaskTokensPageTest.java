// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static io.jenkins.plugins.taskbound.Builds.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import java.time.Instant;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TaskTokensPageTest {
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
    void tellsWhatBecameOfAToken() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") {}");
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains("sign-release", "sign " + TARGET, "v1 4be1", "step end", issuer.handle(issuer.onlyToken()));
    }

    @Test
    void tellsThatATokenIsHeld() throws Exception {
        WorkflowRun run = builds.start(STEP + ") { semaphore 'in' }");
        SemaphoreStep.waitForStart("in/1", run);
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains("held; expires 20");
        assertThat(run.getAction(TaskTokensAction.class).getTokens().get(0).getEnded())
                .isNull();
        SemaphoreStep.success("in/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void tellsThatATokenCouldNotBeClosed() throws Exception {
        issuer.make("/revoke", Mood.REFUSES);
        WorkflowRun run = builds.succeed(STEP + ") {}");
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains("could not be closed");
    }

    /** This issuer knows no receipts. */
    @Test
    void aReceiptThatCannotBeHadFailsNothing() throws Exception {
        WorkflowRun run = builds.succeed(
                "def receipt = " + STEP + ", receipt: true) { 'of the block' }\n echo 'receipt: ' + receipt");
        jenkins.assertLogContains("taskbound: no receipt: the issuer refused: invalid_request", run);
        jenkins.assertLogContains("receipt: null", run);
        assertThat(run.getAction(TaskTokensAction.class).getTokens())
                .singleElement()
                .satisfies(token -> {
                    assertThat(token.getReceipt()).isNull();
                    assertThat(token.getCause()).isNull();
                });
        jenkins.createWebClient()
                .assertFails(run.getUrl() + "task-tokens/receipt?handle=" + issuer.handle(issuer.onlyToken()), 404);
        jenkins.createWebClient().assertFails(run.getUrl() + "task-tokens/receipt", 404);
    }

    @Test
    void withoutTheParameterNobodyAsks() throws Exception {
        builds.succeed(STEP + ") {}");
        assertThat(issuer.requests("/receipt")).isEmpty();
    }

    @Test
    void tellsInWhichStageAndBranchEachTokenWas() throws Exception {
        WorkflowRun run = builds.succeed("stage('Release') { parallel linux: { " + STEP
                + ") {} }, mac: { stage('sign') { " + STEP + ") {} } } }");
        assertThat(run.getAction(TaskTokensAction.class).getTokens())
                .extracting(TaskTokenRecord::getPlace)
                .containsExactlyInAnyOrder("Release / linux", "Release / mac / sign");
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains("Release / linux", "Release / mac / sign");
    }

    @Test
    void saysWhyNothingWasGranted() throws Exception {
        WorkflowRun run = builds.fail(
                "stage('drop') { withTaskToken(task: 'drop-all', identifier: 'db:shop', action:" + " 'drop') {} }");
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains(
                        "No token was granted to this build.",
                        "drop-all",
                        "drop db:shop",
                        "The issuer refused the task drop-all (invalid_authorization_details, request id "
                                + TestIssuer.REQUEST_ID + ")");
        assertThat(JSONObject.fromObject(json(run, "task-tokens/api/json"))
                        .getJSONArray("notGranted")
                        .getJSONObject(0)
                        .getString("place"))
                .isEqualTo("drop");
    }

    @Test
    void saysThatItWasADryRun() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ", dryRun: true) {}");
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains("No token was granted to this build.", "a dry run: this would be granted");
    }

    @Test
    void saysThatNobodyAnswered() throws Exception {
        issuer.make("/token", Mood.HTML);
        WorkflowRun run = builds.fail(STEP + ") {}");
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .contains("No token was granted to this build.", "no answer from " + issuer.url());
    }

    /** What nobody closed is not held any more once the build is over. */
    @Test
    void aTokenOfABuildThatIsOverIsNotHeld() throws Exception {
        issuer.make("/revoke", Mood.REFUSES);
        WorkflowRun run = builds.succeed(STEP + ") {}");
        assertThat(jenkins.createWebClient().getPage(run, "task-tokens/").asNormalizedText())
                .doesNotContain("held;");
    }

    @Test
    void aTokenNeverLivedLongerThanItCould() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ", lifetime: '2s') { sleep 4 }");
        assertThat(run.getAction(TaskTokensAction.class).getTokens())
                .singleElement()
                .satisfies(token -> assertThat(token.getLivedMillis()).isLessThanOrEqualTo(3_000));
    }

    @Test
    void theLinkIsOnTheBuildsPage() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") {}");
        jenkins.createWebClient().getPage(run).getAnchorByText("Task tokens").click();
    }

    @Test
    void aBuildWithoutTokensHasNoPage() throws Exception {
        WorkflowRun run = builds.succeed("echo 'none'");
        jenkins.createWebClient().assertFails(run.getUrl() + "task-tokens/", 404);
    }

    @Test
    void theApiTellsTheSame() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") {}");
        JSONObject token = JSONObject.fromObject(json(run, "task-tokens/api/json"))
                .getJSONArray("tokens")
                .getJSONObject(0);
        assertThat(token.getString("task")).isEqualTo("sign-release");
        assertThat(token.getJSONArray("targets").getString(0)).isEqualTo("sign " + TARGET);
        assertThat(token.getString("handle")).isEqualTo(issuer.handle(issuer.onlyToken()));
        assertThat(token.getString("closedBy")).isEqualTo("step end");
        assertThat(token.getString("issuer")).isEqualTo(issuer.url());
        assertThat(Instant.parse(token.getString("issued"))).isBefore(Instant.parse(token.getString("expires")));
        assertThat(Instant.parse(token.getString("ended")))
                .isBetween(Instant.parse(token.getString("issued")), Instant.now());
        assertThat(token.getLong("livedMillis")).isBetween(0L, 60_000L);
    }

    @Test
    void theBuildsOwnApiHasItToo() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") {}");
        assertThat(json(run, "api/json?depth=2")).contains(issuer.handle(issuer.onlyToken()));
    }

    @Test
    void neitherShowsTheToken() throws Exception {
        WorkflowRun run = builds.start(STEP + ") { semaphore 'in' }");
        SemaphoreStep.waitForStart("in/1", run);
        var traces = new TokenTraces(issuer.onlyToken());
        traces.assertNoneIn(json(run, "task-tokens/api/json"));
        traces.assertNoneIn(json(run, "api/json?depth=3"));
        traces.assertNoneIn(jenkins.createWebClient()
                .getPage(run, "task-tokens/")
                .getWebResponse()
                .getContentAsString());
        SemaphoreStep.success("in/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void whatAJenkinsfileSaysIsText() throws Exception {
        WorkflowRun run = builds.succeed(
                "withTaskToken(task: 'sign-release', identifier: 'a:b', action: '<script>alert(1)</script>') {}");
        HtmlPage page = jenkins.createWebClient().getPage(run, "task-tokens/");
        assertThat(page.asNormalizedText()).contains("<script>alert(1)</script> a:b");
        assertThat(page.getWebResponse().getContentAsString()).doesNotContain("<script>alert");
    }

    @Test
    void isForPeopleWhoMaySeeTheBuild() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") {}");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
        jenkins.createWebClient().login("reader").getPage(run, "task-tokens/");
        jenkins.createWebClient().login("stranger").assertFails(run.getUrl() + "task-tokens/", 404);
        jenkins.createWebClient().login("stranger").assertFails(run.getUrl() + "task-tokens/api/json", 404);
    }

    private String json(WorkflowRun run, String path) throws Exception {
        return jenkins.createWebClient()
                .goTo(run.getUrl() + path, "application/json")
                .getWebResponse()
                .getContentAsString();
    }
}
