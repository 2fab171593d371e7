// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller of its own process that is killed in mid-block as by {@code kill -9}. */
class CrashTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().javaOptions("-Xmx512m");

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    @Test
    void theBlockGoesOnAfterTheCrashAndItsTokenDiesWithIt() throws Throwable {
        crashInBlock("300s");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        controller.startJenkins();
        controller.runRemotely(CrashTest::endBlock);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        new TokenTraces(issuer.onlyToken()).assertNoneBelow(home());
    }

    @Test
    void theTokenDiesByItselfWhenTheControllerStaysDown() throws Throwable {
        crashInBlock("6s");
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) == Standing.LAPSED);
    }

    @Test
    void theWaitForApprovalGoesOnAfterTheCrash() throws Throwable {
        issuer.approvals().require(1);
        start();
        controller.runRemotely(CrashTest::startWaiting);
        controller.stopJenkinsForcibly();
        for (IssuerRequest request : issuer.requests("/token")) {
            new TokenTraces(request.get("subject_token")).assertNoneBelow(home());
        }
        issuer.approvals().approve();
        controller.startJenkins();
        controller.runRemotely(CrashTest::endWaiting);
        assertThat(issuer.requests("/token").stream()
                        .map(request -> request.get("txn"))
                        .distinct())
                .hasSize(1);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    private static void startWaiting(JenkinsRule jenkins) throws Exception {
        Builds.addCredential(jenkins.jenkins, "taskbound");
        WorkflowRun run = Builds.on(jenkins).start(STEP + ") { echo 'in' }");
        jenkins.waitForMessage("this needs approval by", run);
        // The program is saved in the background.
        Thread.sleep(2_000);
    }

    private static void endWaiting(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
        Builds.on(jenkins).end(run, Result.SUCCESS);
        jenkins.assertLogContains("continues to wait for approval after the restart of Jenkins", run);
        jenkins.assertLogContains("taskbound: approved after", run);
    }

    /** Jenkins ends such a build while it starts, without a word to its blocks or to listeners. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBuildThatIsNotResumedLeavesNoTokenAlive(boolean resumeBlocked) throws Throwable {
        start();
        controller.runRemotely((RealJenkinsExtension.Step) jenkins -> startUnresumable(jenkins, resumeBlocked));
        controller.stopJenkinsForcibly();
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        controller.startJenkins();
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) == Standing.CLOSED);
        controller.runRemotely(CrashTest::saysWhoClosedIt);
    }

    private static void startUnresumable(JenkinsRule jenkins, boolean resumeBlocked) throws Exception {
        Builds.addCredential(jenkins.jenkins, "taskbound");
        WorkflowJob job = Builds.on(jenkins).job(STEP + ", lease: '300s') { echo 'waits'\n sleep 600 }");
        job.setResumeBlocked(resumeBlocked);
        if (!resumeBlocked) {
            job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        }
        jenkins.waitForMessage("\nwaits\n", job.scheduleBuild2(0).waitForStart());
        // What the page knows is written in the background.
        Thread.sleep(2_000);
    }

    /** Jenkins resumes no such build. */
    @Test
    void aFreestyleBuildLeavesNoTokenAlive() throws Throwable {
        start();
        controller.runRemotely(CrashTest::startFreestyle);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        controller.stopJenkinsForcibly();
        new TokenTraces(issuer.onlyToken()).assertNoneBelow(home());
        controller.startJenkins();
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) == Standing.CLOSED);
    }

    private static void startFreestyle(JenkinsRule jenkins) throws Exception {
        Builds.addCredential(jenkins.jenkins, "taskbound");
        FreeStyleProject job = jenkins.createFreeStyleProject("release");
        var wrapper = new TaskTokenBuildWrapper("sign-release");
        wrapper.setIdentifier(Builds.TARGET);
        wrapper.setLease("300s");
        job.getBuildWrappersList().add(wrapper);
        job.getBuildersList().add(new Shell("echo waits; sleep 600"));
        jenkins.waitForMessage("\nwaits\n", job.scheduleBuild2(0).waitForStart());
        // What the page knows is written in the background.
        Thread.sleep(2_000);
    }

    private static void saysWhoClosedIt(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
        assertThat(run.isBuilding()).isFalse();
        Builds.eventually(() -> jenkins.createWebClient()
                .goTo(run.getUrl() + "task-tokens/api/json", "application/json")
                .getWebResponse()
                .getContentAsString()
                .contains("\"closedBy\":\"next start of Jenkins\""));
    }

    private void start() throws Throwable {
        // Not by the configuration's own class: the classes of the plugin have a loader of their own here.
        Files.writeString(
                home().resolve("io.jenkins.plugins.taskbound.TaskboundConfiguration.xml"),
                "<?xml version='1.1' encoding='UTF-8'?>\n<io.jenkins.plugins.taskbound.TaskboundConfiguration><issuer>"
                        + issuer.url() + "</issuer><credentialsId>taskbound</credentialsId>"
                        + "</io.jenkins.plugins.taskbound.TaskboundConfiguration>\n");
        controller.startJenkins();
        issuer.trust(controller.getUrl().toString());
    }

    private void crashInBlock(String lease) throws Throwable {
        start();
        controller.runRemotely((RealJenkinsExtension.Step) jenkins -> startBlock(jenkins, lease));
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        controller.stopJenkinsForcibly();
        new TokenTraces(issuer.onlyToken()).assertNoneBelow(home());
    }

    private static void startBlock(JenkinsRule jenkins, String lease) throws Exception {
        Builds.addCredential(jenkins.jenkins, "taskbound");
        WorkflowRun run = Builds.on(jenkins)
                .start("node { " + STEP + ", lease: '" + lease
                        // A step that survives a crash at any moment, unlike sleep and fileExists.
                        + "') { sh 'echo waits; while [ ! -e go ]; do sleep 1; done'\n"
                        + " sh 'echo \"has $TASKBOUND_TOKEN\"' } }");
        jenkins.waitForMessage("\nwaits\n", run);
    }

    private static void endBlock(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getAllItems(WorkflowJob.class).get(0);
        jenkins.waitForMessage("continues after the restart of Jenkins", job.getLastBuild());
        jenkins.jenkins.getWorkspaceFor(job).child("go").write("", "UTF-8");
        Builds.on(jenkins).end(job.getLastBuild(), Result.SUCCESS);
        jenkins.assertLogContains("has ****", job.getLastBuild());
        jenkins.assertLogContains("closed by step end", job.getLastBuild());
    }

    private Path home() {
        return controller.getHome().toPath();
    }
}
