// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.matrix.AxisList;
import hudson.matrix.MatrixBuild;
import hudson.matrix.MatrixProject;
import hudson.matrix.TextAxis;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.tasks.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs that are not Pipelines, with the issuer itself and a resource server that asks it. */
@EnabledIf(
        value = "theIssuerIsHere",
        disabledReason = "needs the command line of Taskbound: -Dtaskbound.jar=…/taskbound.jar")
@WithJenkins
class RealFreestyleTest {
    private static final Shell STEAL =
            new Shell("printf %s \"$TASKBOUND_TOKEN\" > stolen; echo waits; while [ ! -e go ]; do sleep 0.2; done");

    private JenkinsRule jenkins;
    private RealIssuer issuer;

    static boolean theIssuerIsHere() {
        return RealIssuer.isHere();
    }

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
    void theTokenRedeemsInTheBuildStepsAndNotAfterThem() throws Exception {
        FreeStyleBuild build = holding();
        String token = stolen(build);
        assertThat(issuer.redeem(token)).isEqualTo("alive");
        build.getWorkspace().child("go").touch(0);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(issuer.redeem(token)).isEqualTo("closed");
        TaskTokenRecord record =
                build.getAction(TaskTokensAction.class).getTokens().get(0);
        assertThat(record.getReceipt()).contains("\"payload\"");
        assertThat(record.getCause()).isEqualTo("holder");
    }

    @Test
    void norAfterAnAbort() throws Exception {
        FreeStyleBuild build = holding();
        String token = stolen(build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(issuer.redeem(token)).isEqualTo("closed");
    }

    @Test
    void theBuildsIdentityClosesWhatItsWrapperCouldNot() throws Exception {
        FreeStyleBuild build = holding();
        String token = stolen(build);
        TaskTokenRecord held =
                build.getAction(TaskTokensAction.class).getTokens().get(0);
        LiveTokens.get().forget(held.key());
        LeftTokens.close(build, List.of(held), TokenEnd.NEXT_START, TaskListener.NULL);
        assertThat(issuer.redeem(token)).isEqualTo("closed");
        build.getWorkspace().child("go").touch(0);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    @Test
    void aRuleNamesACellByItsUrlAndOthersAreRefused() throws Exception {
        MatrixProject job = jenkins.createProject(MatrixProject.class, "cells");
        job.setAxes(new AxisList(new TextAxis("OS", "linux", "mac")));
        job.getBuildWrappersList().add(wrapper());
        MatrixBuild build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        assertThat(build.getExactRuns())
                .extracting(cell -> cell.getParent().getCombination().get("OS") + " " + cell.getResult())
                .containsExactlyInAnyOrder("linux SUCCESS", "mac FAILURE");
        assertThat(build.getExactRuns())
                .filteredOn(cell -> cell.getResult() == Result.FAILURE)
                .singleElement()
                .satisfies(cell -> jenkins.assertLogContains("job/cells/OS=mac/", cell));
    }

    private FreeStyleBuild holding() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("release");
        job.getBuildWrappersList().add(wrapper());
        job.getBuildersList().add(STEAL);
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("\nwaits\n", build);
        return build;
    }

    private static TaskTokenBuildWrapper wrapper() {
        var wrapper = new TaskTokenBuildWrapper("sign-release");
        wrapper.setIdentifier(RealIssuer.TARGET);
        wrapper.setReceipt(true);
        return wrapper;
    }

    private static String stolen(FreeStyleBuild build) throws Exception {
        return build.getWorkspace().child("stolen").readToString();
    }
}
