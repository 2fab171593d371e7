// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.matrix.AxisList;
import hudson.matrix.MatrixBuild;
import hudson.matrix.MatrixProject;
import hudson.matrix.TextAxis;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Matrix job: each of its cells holds a token of its own. */
@WithJenkins
class MatrixTest {
    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private JenkinsRule jenkins;
    private MatrixProject job;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Builds.on(rule, issuer);
        job = rule.createProject(MatrixProject.class, "cells");
        job.setAxes(new AxisList(new TextAxis("OS", "linux", "mac")));
        var wrapper = new TaskTokenBuildWrapper("sign-release");
        wrapper.setIdentifier(Builds.TARGET);
        job.getBuildWrappersList().add(wrapper);
        job.getBuildersList().add(new Shell("echo \"$OS has $TASKBOUND_TOKEN\""));
    }

    @Test
    void eachCellHasOneOfItsOwnAndTheJobAroundThemHasNone() throws Exception {
        MatrixBuild build = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
        assertThat(issuer.tokens())
                .hasSize(2)
                .allSatisfy(token -> assertThat(issuer.standing(token)).isEqualTo(Standing.CLOSED));
        assertThat(build.getAction(TaskTokensAction.class)).isNull();
        assertThat(build.getExactRuns()).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.getAction(TaskTokensAction.class).getTokens()).hasSize(1);
            assertThat(JenkinsRule.getLog(cell)).contains(" has ****\n", "closed by step end");
        });
    }

    @Test
    void aCellIsKnownToTheIssuerByItsOwnUrl() throws Exception {
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
        assertThat(issuer.requests("/token"))
                .extracting(request -> subject(request.get("subject_token")))
                .containsExactlyInAnyOrder(
                        jenkins.getURL() + "job/cells/OS=linux/", jenkins.getURL() + "job/cells/OS=mac/");
    }

    @Test
    void aRefusalFailsTheCellAndTheJob() throws Exception {
        issuer.make("/token", Mood.REFUSES);
        MatrixBuild build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        assertThat(build.getExactRuns()).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.getResult()).isEqualTo(Result.FAILURE);
            Builds.assertOneSentence("The issuer refused the task sign-release", cell);
        });
    }

    private static String subject(String idToken) {
        byte[] claims = Base64.getUrlDecoder().decode(idToken.split("\\.")[1]);
        return JSONObject.fromObject(new String(claims, StandardCharsets.UTF_8)).getString("sub");
    }
}
