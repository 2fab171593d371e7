// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.slaves.DumbSlave;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.tasks.ArtifactArchiver;
import hudson.tasks.Builder;
import hudson.tasks.Shell;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Freestyle job whose build steps hold a token. */
@WithJenkins
class FreestyleTest {
    private static final String GITHUB_TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private final TaskTokenBuildWrapper wrapper = new TaskTokenBuildWrapper("sign-release");
    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Builds.on(rule, issuer);
        wrapper.setIdentifier(Builds.TARGET);
        job = rule.createFreeStyleProject("release");
        job.getBuildWrappersList().add(wrapper);
    }

    @Test
    void theBuildStepsHoldItAndItIsClosedAfterThem() throws Exception {
        var seen = new AtomicReference<Standing>();
        FreeStyleBuild build = end(
                Result.SUCCESS,
                new Shell("echo ${#TASKBOUND_TOKEN} $TASKBOUND_HANDLE."),
                step(running -> seen.set(issuer.standing(issuer.onlyToken()))));
        assertThat(seen).hasValue(Standing.ALIVE);
        String token = issuer.onlyToken();
        isClosed();
        assertThat(JenkinsRule.getLog(build))
                .containsSubsequence(
                        "taskbound: granted sign-release: sign " + Builds.TARGET,
                        "taskbound: masking the token in this build; it is in TASKBOUND_TOKEN",
                        "\n" + token.length() + " " + issuer.handle(token) + ".\n",
                        "closed by step end");
        assertThat(jenkins.getJSON(build.getUrl() + "task-tokens/api/json").getContentAsString())
                .contains("\"handle\":\"" + issuer.handle(token) + "\"", "\"closedBy\":\"step end\"");
    }

    @Test
    void asksForWhatItsFormSays() throws Exception {
        wrapper.setAction("sign, verify");
        wrapper.setLifetime("2m");
        wrapper.setLease("30s");
        end(Result.SUCCESS);
        IssuerRequest asked = issuer.requests("/token").get(0);
        assertThat(asked.get("authorization_details")).contains("\"actions\":[\"sign\",\"verify\"]");
        assertThat(asked.get("requested_expires_in")).isEqualTo("120");
        assertThat(asked.get("lease")).isEqualTo("30");
    }

    @Test
    void aTargetMayHaveVariablesOfTheBuild() throws Exception {
        wrapper.setIdentifier("artifact:acme/${NAME}-${BUILD_NUMBER}.jar");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("NAME", "shop")));
        end(Result.SUCCESS);
        assertThat(issuer.requests("/token").get(0).get("authorization_details"))
                .contains("\"artifact:acme/shop-1.jar\"");
    }

    @Test
    void aTargetWithAnUnknownVariableIsRefused() throws Exception {
        wrapper.setIdentifier("artifact:acme/${NOBODY}.jar");
        Builds.assertOneSentence("withTaskToken: identifier", end(Result.FAILURE));
        assertThat(issuer.requests()).isZero();
    }

    @Test
    void aRefusalFailsTheBuildBeforeItsFirstStep() throws Exception {
        issuer.make("/token", Mood.REFUSES);
        FreeStyleBuild build = end(Result.FAILURE, new Shell("echo runs"));
        Builds.assertOneSentence(
                "The issuer refused the task sign-release (invalid_authorization_details, request id "
                        + TestIssuer.REQUEST_ID + ")",
                build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\nruns\n");
        assertThat(build.getAction(TaskTokensAction.class).getNotGranted()).hasSize(1);
    }

    @Test
    void anEmptyFormNamesAllThatIsMissing() throws Exception {
        job.getBuildWrappersList().replace(new TaskTokenBuildWrapper(""));
        Builds.assertOneSentence("withTaskToken needs task and identifier", end(Result.FAILURE));
        assertThat(issuer.requests()).isZero();
    }

    @Test
    void failingStepsCloseIt() throws Exception {
        end(Result.FAILURE, new Shell("exit 1"));
        isClosed();
    }

    @Test
    void anAbortClosesIt() throws Exception {
        FreeStyleBuild build = start(new Shell("echo waits; sleep 300"));
        jenkins.waitForMessage("\nwaits\n", build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("closed by cancel", build);
        isClosed();
    }

    @Test
    void anAbortWhileTheIssuerIsSilentLeavesNothing() throws Exception {
        issuer.make("/token", Mood.SILENT);
        FreeStyleBuild build = start(new Shell("echo runs"));
        Builds.eventually(() -> !issuer.requests("/token").isEmpty());
        issuer.make("/token", Mood.RIGHT);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\nruns\n");
        isClosed();
    }

    @Test
    void anAgentThatIsLostDoesNotKeepItAlive() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("remote"));
        job.setAssignedLabel(Label.get("remote"));
        FreeStyleBuild build = start(new Shell("echo waits; sleep 300"));
        jenkins.waitForMessage("\nwaits\n", build);
        jenkins.disconnectSlave(agent);
        jenkins.waitForCompletion(build);
        isClosed();
    }

    @Test
    void aCloseThatFailsLeavesTheBuildGreen() throws Exception {
        issuer.make("/revoke", Mood.BUSY);
        FreeStyleBuild build = end(Result.SUCCESS, new Shell("true"));
        jenkins.assertLogContains("could not be closed", build);
        assertThat(build.getAction(TaskTokensAction.class).getTokens().get(0).getNotClosed())
                .contains("could not be closed by run end");
    }

    @Test
    void theTokenIsNowhereInTheLogAndOnDisk() throws Exception {
        FreeStyleBuild build = end(
                Result.SUCCESS,
                new Shell("set -x; echo \"has $TASKBOUND_TOKEN\"; printf %s \"$TASKBOUND_TOKEN\" | base64 -w0; echo"));
        jenkins.assertLogContains("\nhas ****\n", build);
        isNowhere(build, issuer.onlyToken());
    }

    @Test
    void itsVariablesAreKnownAsSensitive() throws Exception {
        wrapper.setVariable("SIGNER_TOKEN");
        var seen = new AtomicReference<Set<String>>();
        end(Result.SUCCESS, step(running -> seen.set(running.getSensitiveBuildVariables())));
        assertThat(seen.get()).contains("SIGNER_TOKEN");
    }

    @Test
    void postBuildActionsSeeNothingOfIt() throws Exception {
        var archiver = new ArtifactArchiver("handle-${TASKBOUND_HANDLE}");
        archiver.setAllowEmptyArchive(true);
        job.getPublishersList().add(archiver);
        FreeStyleBuild build = end(Result.SUCCESS, new Shell("touch handle-$TASKBOUND_HANDLE"));
        assertThat(build.getArtifacts()).isEmpty();
        jenkins.assertLogContains("handle-${TASKBOUND_HANDLE}", build);
    }

    @Test
    void aFileInsteadOfAVariable() throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
        job.setAssignedLabel(Label.get("remote"));
        wrapper.setFile(true);
        FreeStyleBuild build = end(
                Result.SUCCESS,
                new Shell("test -z \"$TASKBOUND_TOKEN\" && cat \"$TASKBOUND_HEADER_FILE\"; echo $TASKBOUND_TOKEN_FILE"
                        + " > found; stat -c %a \"$TASKBOUND_TOKEN_FILE\""));
        assertThat(JenkinsRule.getLog(build)).contains("Authorization: Bearer ****", "\n600\n");
        String file = build.getWorkspace().child("found").readToString().strip();
        assertThat(build.getWorkspace().child(file).exists()).isFalse();
        isNowhere(build, issuer.onlyToken());
    }

    /** Its helper for git has dollar signs, and Jenkins replaces variables in what a wrapper gives. */
    @Test
    void aDeliveredCredentialReachesGitAndReplacesWhatTheAgentHas() throws Exception {
        issuer.deliver(
                "github-app",
                "{\"kind\":\"github-app\",\"expires_at\":1795432200,\"refresh\":false,\"credential\":{\"token\":\""
                        + GITHUB_TOKEN + "\"},\"server_url\":\"https://github.com\",\"api_url\":"
                        + "\"https://api.github.com\",\"repositories\":[\"acme/shop\"],\"permissions\":{\"contents\":\"write\"}}");
        jenkins.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("GITHUB_TOKEN", "of-the-agent")));
        FreeStyleBuild build = end(Result.SUCCESS, new Shell("""
                echo "agent has ${GITHUB_TOKEN-nothing}, block has ${TASKBOUND_TOKEN-nothing}"
                case $GIT_CONFIG_PARAMETERS in *"$GH_TOKEN"*) exit 1 ;; esac
                printf 'protocol=https\\nhost=github.com\\n\\n' | git credential fill > found
                grep -q "password=$GH_TOKEN" found && echo logged-in; rm found
                """));
        assertThat(JenkinsRule.getLog(build)).contains("agent has nothing, block has nothing", "\nlogged-in\n");
        isNowhere(build, GITHUB_TOKEN);
        isClosed();
    }

    @Test
    void doesNotWaitForPeopleUnlessItIsToldTo() throws Exception {
        issuer.approvals().require(1);
        FreeStyleBuild build = end(Result.FAILURE, new Shell("echo runs"));
        Builds.assertOneSentence("needs approval by " + TestApprovals.GROUP + " (" + issuer.url() + "/approve/", build);
        assertThat(issuer.tokens()).isEmpty();
    }

    @Test
    void waitsForPeopleAsLongAsItIsTold() throws Exception {
        issuer.approvals().require(1);
        wrapper.setApprovalWait("20m");
        FreeStyleBuild build = start(new Shell("echo runs"));
        jenkins.waitForMessage("this needs approval by " + TestApprovals.GROUP, build);
        Builds.eventually(() -> issuer.requests("/token").size() >= 2);
        assertThat(build.getAction(TaskTokensAction.class).getWaiting()).hasSize(1);
        issuer.approvals().approve();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build)).containsSubsequence("taskbound: approved after", "\nruns\n");
        assertThat(build.getAction(TaskTokensAction.class).getWaiting()).isEmpty();
        isClosed();
    }

    @Test
    void anAbortEndsTheWaitForPeople() throws Exception {
        issuer.approvals().require(1);
        wrapper.setApprovalWait("20m");
        FreeStyleBuild build = start(new Shell("echo runs"));
        jenkins.waitForMessage("this needs approval by", build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("stopped while waiting for approval", build);
        issuer.approvals().approve();
        assertThat(issuer.tokens()).isEmpty();
    }

    /** There, Jenkins would store what a wrapper gives to its block. */
    @Test
    void aPipelineCannotUseIt() throws Exception {
        var run = Builds.on(jenkins)
                .fail("node { wrap([$class: 'TaskTokenBuildWrapper', task: 'sign-release'," + " identifier: '"
                        + Builds.TARGET + "']) { echo 'runs' } }");
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\nruns\n");
        assertThat(issuer.tokens()).isEmpty();
    }

    private FreeStyleBuild start(Builder... steps) throws Exception {
        for (Builder step : steps) {
            job.getBuildersList().add(step);
        }
        return job.scheduleBuild2(0).waitForStart();
    }

    private FreeStyleBuild end(Result result, Builder... steps) throws Exception {
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(start(steps)));
    }

    private interface Look {
        void at(AbstractBuild<?, ?> running) throws Exception;
    }

    private static Builder step(Look look) {
        return new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> running, Launcher launcher, BuildListener log) {
                try {
                    look.at(running);
                    return true;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    private void isClosed() {
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    private void isNowhere(FreeStyleBuild build, String secret) throws Exception {
        var traces = new TokenTraces(secret);
        traces.assertNoneIn(JenkinsRule.getLog(build));
        traces.assertNoneBelow(jenkins.jenkins.getRootDir().toPath());
    }
}
