// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.ItemGroup;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A controller that is set up for a {@link TestIssuer}, and the builds that tests run on it. */
final class Builds {
    static final String TARGET = "artifact:acme/app.jar";
    /** Up to the last parameter: more can follow before the bracket. */
    static final String STEP = "withTaskToken(task: 'sign-release', identifier: '" + TARGET + "'";

    private final JenkinsRule jenkins;

    private Builds(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** For a controller that is set up already, such as one that was started again. */
    static Builds on(JenkinsRule jenkins) {
        return new Builds(jenkins);
    }

    static Builds on(JenkinsRule jenkins, TestIssuer issuer) throws IOException {
        addCredential(jenkins.jenkins, "taskbound");
        issuer.trust(jenkins.jenkins.getRootUrl());
        TaskboundConfiguration.get().setIssuer(issuer.url());
        TaskboundConfiguration.get().setCredentialsId("taskbound");
        return new Builds(jenkins);
    }

    static void addCredential(ItemGroup<?> where, String id) throws IOException {
        IdTokenStringCredentials credential =
                new IdTokenStringCredentials(CredentialsScope.GLOBAL, id, "who a build is");
        credential.setAudience(TestIssuer.AUDIENCE);
        CredentialsProvider.lookupStores(where).iterator().next().addCredentials(Domain.global(), credential);
    }

    WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    WorkflowRun start(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }

    WorkflowRun succeed(String script) throws Exception {
        return end(start(script), Result.SUCCESS);
    }

    WorkflowRun fail(String script) throws Exception {
        return end(start(script), Result.FAILURE);
    }

    WorkflowRun end(WorkflowRun run, Result result) throws Exception {
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
    }

    /** Waits for what another thread does soon. */
    static void eventually(Callable<Boolean> holds) throws Exception {
        Instant late = Instant.now().plusSeconds(30);
        while (!holds.call()) {
            if (Instant.now().isAfter(late)) {
                throw new AssertionError("not within 30 s");
            }
            Thread.sleep(50);
        }
    }

    /** One sentence that says what is wrong, and no stack trace. */
    static void assertOneSentence(String sentence, Run<?, ?> run) throws IOException {
        String log = JenkinsRule.getLog(run);
        assertThat(log).containsPattern("(?m)^ERROR: .*" + Pattern.quote(sentence));
        assertThat(log).doesNotContain("\tat ", "Caused:", "Exception:");
    }
}
