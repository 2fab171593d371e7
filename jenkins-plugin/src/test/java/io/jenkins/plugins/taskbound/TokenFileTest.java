// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.WorkspaceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code file: true}. */
@WithJenkins
class TokenFileTest {
    private static final String WHERE =
            "echo \"in ${env.TASKBOUND_TOKEN_FILE} and ${env.TASKBOUND_HEADER_FILE} of ${pwd()}.\"\n";

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = Builds.on(rule, issuer);
    }

    @ParameterizedTest
    @CsvSource({"built-in", "remote"})
    void onlyTheOwnerCanReadItAndItIsOutsideTheWorkspace(String node) throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
        WorkflowRun run =
                builds.start("node('" + node + "') { " + STEP + ", file: true) { " + WHERE + " semaphore 'in' } }");
        SemaphoreStep.waitForStart("in/1", run);
        List<Path> paths = paths(run);
        Path token = paths.get(0);
        Path header = paths.get(1);
        assertThat(token).hasContent(issuer.onlyToken());
        assertThat(Files.readString(header)).isEqualTo("Authorization: Bearer " + issuer.onlyToken() + "\n");
        assertThat(permissions(token)).isEqualTo("rw-------");
        assertThat(permissions(header)).isEqualTo("rw-------");
        assertThat(permissions(token.getParent())).isEqualTo("rwx------");
        assertThat(token.startsWith(paths.get(2))).as("inside the workspace").isFalse();
        SemaphoreStep.success("in/1", null);
        builds.end(run, Result.SUCCESS);
        assertThat(token.getParent()).doesNotExist();
    }

    @Test
    void itIsGoneAfterAFailure() throws Exception {
        WorkflowRun run = builds.fail("node { " + STEP + ", file: true) { " + WHERE + " error 'no luck' } }");
        assertThat(paths(run).get(0).getParent()).doesNotExist();
    }

    @Test
    void itIsGoneAfterAnAbort() throws Exception {
        WorkflowRun run = builds.start("node { " + STEP + ", file: true) { " + WHERE + " semaphore 'in' } }");
        SemaphoreStep.waitForStart("in/1", run);
        assertThat(paths(run).get(0)).exists();
        run.doStop();
        builds.end(run, Result.ABORTED);
        assertThat(paths(run).get(0).getParent()).doesNotExist();
    }

    @Test
    void itIsGoneThoughTheTokenCouldNotBeClosed() throws Exception {
        issuer.make("/revoke", Mood.REFUSES);
        WorkflowRun run = builds.succeed("node { " + STEP + ", file: true) { " + WHERE + " } }");
        assertThat(paths(run).get(0).getParent()).doesNotExist();
    }

    @Test
    void theEnvironmentHoldsNoToken() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP
                + ", file: true) { sh 'env > all'\n"
                + " echo \"${readFile('all').contains(readFile(env.TASKBOUND_TOKEN_FILE))}"
                + " ${env.TASKBOUND_TOKEN}\" } }");
        jenkins.assertLogContains("false null", run);
    }

    @Test
    void theVariableNamesTheFile() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP
                + ", file: true, variable: 'WHERE') { echo \"length ${readFile(env.WHERE).length()}"
                + " ${env.TASKBOUND_TOKEN_FILE}\" } }");
        jenkins.assertLogContains("length " + issuer.onlyToken().length() + " null", run);
    }

    @Test
    void nestedBlocksHaveTwoFiles() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP + ", file: true) { " + WHERE
                + " withTaskToken(task: 'deploy', identifier: 'app:shop', file: true) { " + WHERE
                + " } \n echo \"still ${fileExists(env.TASKBOUND_TOKEN_FILE)}\" } }");
        jenkins.assertLogContains("still true", run);
        Matcher places = place(run);
        assertThat(places.find()).isTrue();
        String first = places.group(1);
        assertThat(places.find()).isTrue();
        assertThat(places.group(1)).isNotEqualTo(first);
    }

    @Test
    void anAgentThatTakesNoFileClosesTheToken() throws Exception {
        WorkflowRun run =
                builds.start("node { semaphore 'before'\n " + STEP + ", file: true) { echo 'must not run' } }");
        SemaphoreStep.waitForStart("before/1", run);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor((WorkflowJob) run.getParent());
        // A file lies where the folder of temporary files should be.
        WorkspaceList.tempDir(workspace).write("", "UTF-8");
        SemaphoreStep.success("before/1", null);
        builds.end(run, Result.FAILURE);
        jenkins.assertLogNotContains("must not run\n", run);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(TestLedger.Standing.CLOSED);
        new TokenTraces(issuer.onlyToken()).assertNoneIn(JenkinsRule.getLog(run));
    }

    private static List<Path> paths(WorkflowRun run) throws IOException {
        Matcher place = place(run);
        assertThat(place.find()).isTrue();
        return List.of(Path.of(place.group(1)), Path.of(place.group(2)), Path.of(place.group(3)));
    }

    private static Matcher place(WorkflowRun run) throws IOException {
        return Pattern.compile("(?m)^in (.*) and (.*) of (.*)\\.$").matcher(JenkinsRule.getLog(run));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
