// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private RealIssuer issuer;
    private String token;

    @Test
    void aBlockGoesOnWithItsTokenAndTheBuildDirectoryHoldsNone(@TempDir Path folder) throws Throwable {
        sessions.then(jenkins -> startBlock(jenkins, folder));
        try {
            sessions.then(this::endBlock);
        } finally {
            issuer.close();
        }
    }

    private void startBlock(JenkinsRule jenkins, Path folder) throws Exception {
        issuer = RealIssuer.trusting(jenkins, folder);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(
                "node { withTaskToken(task: 'sign-release', identifier: '" + RealIssuer.TARGET
                        + "') { writeFile file: 'token', text: env.TASKBOUND_TOKEN\n"
                        + " while (!fileExists('go')) { sleep 1 }\n echo \"still ${env.TASKBOUND_TOKEN}\" } }",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Sleeping", run);
        token = workspace(jenkins, job).child("token").readToString().strip();
        assertThat(filesWithToken(run)).isEmpty();
    }

    private void endBlock(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("release", WorkflowJob.class);
        WorkflowRun run = job.getLastBuild();
        jenkins.waitForMessage("goes on after the restart of Jenkins", run);
        assertThat(issuer.redeem(token)).isEqualTo("alive");
        assertThat(filesWithToken(run)).isEmpty();
        workspace(jenkins, job).child("go").write("", "UTF-8");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("still ****", run);
        assertThat(issuer.redeem(token)).isEqualTo("closed");
        assertThat(filesWithToken(run)).isEmpty();
    }

    private static FilePath workspace(JenkinsRule jenkins, WorkflowJob job) {
        return jenkins.jenkins.getWorkspaceFor(job);
    }

    /** In clear, and in base64. */
    private Stream<Path> filesWithToken(WorkflowRun run) throws IOException {
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        return Files.walk(run.getRootDir().toPath())
                .filter(Files::isRegularFile)
                .filter(file -> holds(file, token) || holds(file, base64));
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
