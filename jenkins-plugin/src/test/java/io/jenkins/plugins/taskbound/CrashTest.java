// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    private void crashInBlock(String lease) throws Throwable {
        controller.startJenkins();
        issuer.trust(controller.getUrl().toString());
        String url = issuer.url();
        controller.runRemotely((RealJenkinsExtension.Step) jenkins -> startBlock(jenkins, url, lease));
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        controller.stopJenkinsForcibly();
        new TokenTraces(issuer.onlyToken()).assertNoneBelow(home());
    }

    private static void startBlock(JenkinsRule jenkins, String issuer, String lease) throws Exception {
        Builds.addCredential(jenkins.jenkins, "taskbound");
        // Not by the configuration: the classes of the plugin have a loader of their own here.
        WorkflowRun run = Builds.on(jenkins)
                .start("node { " + STEP + ", issuer: '" + issuer + "', credentialsId: 'taskbound', lease: '" + lease
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
