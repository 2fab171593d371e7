// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A task whose token stands for a credential of another service. */
@WithJenkins
class CredentialTest {
    private static final String GITHUB_TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String SECRET_KEY = "abcdefghij/0123456789+ABCDEFGHIJ/secret0";
    private static final String SESSION_TOKEN = "IQoJb3JpZ2luX2VjEJr//////////wEaCWV1LXdlc3QtMSJH==";

    private static final String GITHUB = "{\"kind\":\"github-app\",\"expires_at\":1795432200,\"refresh\":false,"
            + "\"credential\":{\"token\":\"" + GITHUB_TOKEN + "\"},\"server_url\":\"https://github.com\","
            + "\"api_url\":\"https://api.github.com\",\"repositories\":[\"acme/shop\"],\"permissions\":{\"contents\":\"write\"}}";
    private static final String AWS = "{\"kind\":\"aws-role\",\"expires_at\":1795428660,\"refresh\":false,"
            + "\"credential\":{\"access_key_id\":\"ASIA0123456789ABCDEF\",\"secret_access_key\":\"" + SECRET_KEY
            + "\",\"session_token\":\"" + SESSION_TOKEN
            + "\"},\"role_arn\":\"arn:aws:iam::111122223333:role/migration\",\"region\":\"eu-central-1\"}";

    private static final String NAMES =
            "sh 'env | cut -d= -f1 | grep -E \"^(AWS_|GH_|GIT_|GITHUB_|TASKBOUND_|VAULT_|BAO_)\""
                    // What a machine has of its own beside credentials.
                    + " | grep -vE \"^(AWS_CA_|GIT_SSL_)\" | sort | tr \"\\n\" \" \"'";

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
    void theBlockGetsTheCredentialAndNotTheToken() throws Exception {
        issuer.deliver("github-app", GITHUB);
        agentsHave("GITHUB_TOKEN", "of-the-agent");
        WorkflowRun run = builds.succeed("node { " + STEP + ") { " + NAMES + "\n sh 'test \"$GH_TOKEN\" = "
                + GITHUB_TOKEN.substring(0, 20) + "\"" + GITHUB_TOKEN.substring(20) + "\"' } }");
        jenkins.assertLogContains("GH_TOKEN GIT_CONFIG_PARAMETERS GIT_TERMINAL_PROMPT TASKBOUND_HANDLE ", run);
        jenkins.assertLogContains(
                "taskbound: delivered a token of https://github.com for acme/shop with contents:write", run);
        jenkins.assertLogContains("taskbound: masking the credential in this block; it is in GH_TOKEN", run);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void gitLogsInWithItAtThatHostAloneWithoutAQuestion() throws Exception {
        issuer.deliver("github-app", GITHUB);
        WorkflowRun run = builds.succeed("node { " + STEP + ") { sh '''"
                + "export HOME=$PWD; printf '[credential]\\\\n\\\\thelper = store\\\\n' > .gitconfig\n"
                + "printf 'protocol=https\\\\nhost=github.com\\\\n\\\\n' | git credential fill > found\n"
                + "grep -q username=x-access-token found && grep -q \"password=$GH_TOKEN\" found && echo logged-in\n"
                + "git credential approve < found; rm found; test ! -e .git-credentials && echo not-stored\n"
                + "! printf 'protocol=https\\\\nhost=gitlab.com\\\\n\\\\n' | git credential fill 2> /dev/null && echo nowhere-else"
                + "''' } }");
        assertThat(JenkinsRule.getLog(run)).contains("\nlogged-in\n", "\nnot-stored\n", "\nnowhere-else\n");
        isNowhere(run, GITHUB_TOKEN);
    }

    @Test
    void awsCredentialsLastForTheTokenAndReplaceWhatTheAgentHas() throws Exception {
        issuer.deliver("aws-role", AWS);
        agentsHave("AWS_PROFILE", "of-the-agent");
        WorkflowRun run =
                builds.succeed("node { " + STEP + ") { " + NAMES + "\n sh 'echo \"key $AWS_SECRET_ACCESS_KEY\";"
                        + " echo \"session $AWS_SESSION_TOKEN\"; echo \"region $AWS_REGION\";"
                        + " echo \"base64 $(printf %s \"$AWS_SECRET_ACCESS_KEY\" | base64 -w0)\"' } }");
        jenkins.assertLogContains(
                "AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_REGION AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN"
                        + " TASKBOUND_HANDLE ",
                run);
        assertThat(JenkinsRule.getLog(run)).contains("key ****", "session ****", "region eu-central-1", "base64 ****");
        assertThat(issuer.requests("/credential")).hasSize(1);
        assertThat(issuer.requests("/credential").get(0).get("static")).isEqualTo("true");
        isNowhere(run, SECRET_KEY);
        isNowhere(run, SESSION_TOKEN);
    }

    @Test
    void aBlockAroundItKeepsItsTokenToItself() throws Exception {
        WorkflowRun run = builds.start("node { " + STEP + ") { semaphore 'outer'\n"
                + "withTaskToken(task: 'deploy', identifier: 'app:shop') { " + NAMES + " } } }");
        SemaphoreStep.waitForStart("outer/1", run);
        issuer.deliver("github-app", GITHUB);
        SemaphoreStep.success("outer/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("GH_TOKEN GIT_CONFIG_PARAMETERS GIT_TERMINAL_PROMPT TASKBOUND_HANDLE ", run);
    }

    @Test
    void theVariablesAreGoneAfterTheBlock() throws Exception {
        issuer.deliver("github-app", GITHUB);
        WorkflowRun run = builds.succeed(
                "node { " + STEP + ") { echo \"in ${env.GH_TOKEN}\" }\n echo \"after ${env.GH_TOKEN}\" }");
        assertThat(JenkinsRule.getLog(run)).contains("in ****", "after null");
        isNowhere(run, GITHUB_TOKEN);
    }

    @Test
    void aRefusalIsOneSentenceAndTheTokenIsClosed() throws Exception {
        issuer.deliver("github-app", GITHUB);
        issuer.make("/credential", Mood.REFUSES);
        WorkflowRun run = builds.fail("node { " + STEP + ") { echo 'runs' } }");
        jenkins.assertLogContains("taskbound: no credential was delivered: invalid_authorization_details", run);
        jenkins.assertLogContains("request id: " + TestIssuer.REQUEST_ID, run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\nruns\n", "the command was not run", "\tat ");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void anAnswerThatIsNotWholeIsNotHandedOut() throws Exception {
        issuer.deliver("github-app", GITHUB.replace("https://github.com", "http://github.com"));
        WorkflowRun run = builds.fail("node { " + STEP + ") { echo 'runs' } }");
        jenkins.assertLogContains("with a credential that cannot be used: server_url must be https", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\nruns\n");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        isNowhere(run, GITHUB_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file: true", "variable: 'SHOP_TOKEN'"})
    void aFileOrAVariableOfItsOwnIsRefused(String argument) throws Exception {
        issuer.deliver("github-app", GITHUB);
        WorkflowRun run = builds.fail("node { " + STEP + ", " + argument + ") { echo 'runs' } }");
        Builds.assertOneSentence("this task delivers a credential", run);
        assertThat(issuer.requests("/credential")).isEmpty();
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void anAbortWhileItIsAskedForClosesTheToken() throws Exception {
        issuer.deliver("github-app", GITHUB);
        issuer.make("/credential", Mood.SILENT);
        WorkflowRun run = builds.start("node { " + STEP + ") { echo 'runs' } }");
        Builds.eventually(() -> !issuer.requests("/credential").isEmpty());
        run.doStop();
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) == Standing.CLOSED);
        builds.end(run, Result.ABORTED);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\nruns\n");
    }

    private void agentsHave(String name, String value) {
        jenkins.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(new EnvironmentVariablesNodeProperty.Entry(name, value)));
    }

    private void isNowhere(WorkflowRun run, String secret) throws Exception {
        var traces = new TokenTraces(secret);
        traces.assertNoneIn(JenkinsRule.getLog(run));
        traces.assertNoneBelow(jenkins.jenkins.getRootDir().toPath());
    }
}
