// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.Secret;
import io.jenkins.plugins.oidc_provider.config.IdTokenConfiguration;
import java.util.Arrays;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each fails the build with one sentence that says what to do, runs nothing of the block and leaves no token alive. */
@WithJenkins
class BadInputTest {
    private static final String BLOCK = " { echo 'must not run' }";

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = Builds.on(rule, issuer);
    }

    @AfterEach
    void nothingIsAlive() {
        assertThat(issuer.tokens()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task: 'sign-release' | needs identifier, such as withTaskToken(task:",
                "task: 'sign-release', identifier: 'a:b', details: [[identifier: 'a:c']] | takes either an identifier"
                        + " or details, not both",
                "task: 'sign-release', details: [] | needs identifier, such as withTaskToken(task:",
                "task: 'sign-release', details: [[action: 'sign']] | identifier is empty",
                "task: 'sign-release', identifier: ' ' | needs identifier, such as withTaskToken(task:",
                "task: '', identifier: 'a:b' | needs task, such as withTaskToken(task:",
                " | needs task and identifier, such as withTaskToken(task:",
                "('') | needs task and identifier, such as withTaskToken(task:",
                "('sign-release') | needs identifier, such as withTaskToken(task:",
                "identifier: 'a:b' | needs task, such as withTaskToken(task:",
                "task: 'sign-release', identifier: 'a:b', lifetime: 'long' | lifetime must be a number followed by s,"
                        + " m or h",
                "task: 'sign-release', identifier: 'a:b', lease: '1 minute' | lease must be a number followed by s, m"
                        + " or h",
                "task: 'sign-release', identifier: 'a:b', issuer: 'http://tokens.acme.example' | issuer URL must be"
                        + " https",
                "task: 'sign-release', identifier: 'a:b', issuer: 'tokens' | issuer URL needs a host",
                "task: 'sign-release', identifier: 'a:b', credentialsId: 'none' | cannot find the credential 'none'",
                "task: 'sign-release', identifier: 'a:b', file: true | node",
                "taks: 'sign-release', identifier: 'a:b' | unknown parameter 'taks'",
                "task: 'sign-release', identifier: 'a:b', lifetme: '1m' | unknown parameter 'lifetme'",
                "task: 'sign-release', identifier: 'a:b', action: 7 | action must be text in quotes, or a list of such"
                        + " texts: action: ['one', 'two']",
                "task: 'sign-release', identifier: 'a:b', action: ['sign', 7] | action must be text in quotes, or a list",
                "task: 'sign-release', identifier: 'a:b', action: ['sign', ''] | action must be text in quotes, or a list",
                "task: 'sign-release', identifier: 'a:b', action: [['sign']] | action must be text in quotes, or a list",
                "task: 'sign-release', identifier: 'a:b', action: [a: 'sign'] | action must be text in quotes, or a list",
                "task: 'sign-release', identifier: ['a:b'] | identifier must be text in quotes",
                "task: 'sign-release', details: [[identifier: 'a:b', action: [7]]] | action must be text in quotes",
                "task: 'sign-release', identifier: 'a:b', variable: 'PATH' | variable must not be PATH",
                "task: 'sign-release', identifier: 'a:b', lifetime: 600 | lifetime must be text in quotes",
                "task: 7, identifier: 'a:b' | task must be text in quotes",
                "task: 'sign-release', identifier: 'a:b', file: 'yes' | file must be true or false",
                "task: 'sign-release', details: 'a:b' | details must be a list such as",
                "task: 'sign-release', details: [identifier: 'a:b'] | details must be a list such as",
                "task: 'sign-release', details: ['a:b'] | details must be a list such as",
                "task: 'sign-release', details: [[identifier: 'a:b', acton: 'sign']] | unknown field 'acton'",
                "task: 'sign-release', details: [[identifier: ['a:b']]] | identifier must be text in quotes",
                "task: 'sign-release', details: [[$class: 'hudson.model.User', identifier: 'a:b']] | could not read the"
                        + " parameters",
            })
    void aWrongParameter(String parameters, String sentence) throws Exception {
        isOneSentence("withTaskToken(" + parameters + ")", sentence);
        assertThat(issuer.requests("/token")).isEmpty();
    }

    @Test
    void nineTargets() throws Exception {
        isOneSentence(
                "withTaskToken(task: 'sign-release', details: (1..9).collect { [identifier: \"a:$it\".toString()] })",
                "1 to 8");
    }

    @Test
    void noIssuer() throws Exception {
        TaskboundConfiguration.get().setIssuer("");
        isOneSentence(STEP + ")", "needs 'issuer', as a parameter of the step or under Manage Jenkins");
    }

    @Test
    void noCredential() throws Exception {
        TaskboundConfiguration.get().setCredentialsId("");
        isOneSentence(STEP + ")", "needs 'credentialsId', as a parameter of the step or under Manage Jenkins");
    }

    @Test
    void aCredentialOfAnotherType() throws Exception {
        CredentialsStore store =
                CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString("s3cret")));
        isOneSentence(
                STEP + ", credentialsId: 'text')", "'text' has the wrong type: it must be an OpenID Connect id token");
    }

    @Test
    void noRootUrl() throws Exception {
        JenkinsLocationConfiguration.get().setUrl(null);
        isOneSentence(STEP + ")", "Jenkins does not know its own URL");
    }

    @Test
    void aClaimThatCannotBeFilled() throws Exception {
        IdTokenConfiguration.get().setBuildClaimTemplates(List.of());
        isOneSentence(STEP + ")", "Jenkins could not create an ID token with the credential 'taskbound'");
    }

    @ParameterizedTest
    @CsvSource({
        "HTML, 200",
        "HUGE, longer than 64 KB",
        "REDIRECTS, 307",
    })
    void anAnswerThatIsNoIssuers(Mood mood, String sentence) throws Exception {
        issuer.make("/token", mood);
        WorkflowRun run = builds.fail(STEP + ")" + BLOCK);
        Builds.assertOneSentence(sentence, run);
        Builds.assertOneSentence("no answer from " + issuer.url(), run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("must not run", "Please log in", "stranger.example");
    }

    @Test
    void aBusyIssuerIsAskedAgainAndItsRequestIdShown() throws Exception {
        issuer.make("/token", Mood.BUSY);
        isOneSentence(STEP + ")", "request id " + TestIssuer.REQUEST_ID);
        assertThat(issuer.requests("/token")).hasSize(4);
    }

    @Test
    void nobodyListens() throws Exception {
        issuer.goDown();
        isOneSentence(STEP + ")", "no connection to 127.0.0.1");
    }

    @Test
    void aRefusedTask() throws Exception {
        WorkflowRun run = builds.fail("withTaskToken(task: 'drop-all', identifier: 'db:shop')" + BLOCK);
        Builds.assertOneSentence(
                "The issuer refused the task drop-all (invalid_authorization_details, request id "
                        + TestIssuer.REQUEST_ID,
                run);
        assertThat(JenkinsRule.getLog(run))
                .contains(
                        "Asked for:\n  drop-all: action (left out) db:shop",
                        "provider             jenkins (",
                        "sub                  ",
                        "build_number         1",
                        "Ask the policy owner: taskbound policy explain --request-id " + TestIssuer.REQUEST_ID)
                .doesNotContain("must not run")
                .doesNotContain(issuer.requests("/token").get(0).get("subject_token"));
    }

    @Test
    void aRefusedDryRun() throws Exception {
        isOneSentence(
                "withTaskToken(task: 'drop-all', identifier: 'db:shop', dryRun: true)",
                "The issuer refused the task drop-all");
    }

    @Test
    void aCredentialThatWasMadeAnewNamesTheRemedy() throws Exception {
        builds.succeed(STEP + ", dryRun: true) {}");
        CredentialsStore store =
                CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        store.removeCredentials(
                Domain.global(), store.getCredentials(Domain.global()).get(0));
        Builds.addCredential(jenkins.jenkins, "taskbound");
        isOneSentence(STEP + ")", "give the policy owner this controller's new key file");
    }

    @Test
    void anExpiredIdToken() throws Exception {
        IdTokenConfiguration.get().setTokenLifetime(-60);
        isOneSentence(STEP + ")", "The issuer refused the task sign-release (invalid_request, request id");
    }

    @Test
    void theSentenceIsOneLineThoughAParameterIsNot() throws Exception {
        WorkflowRun run =
                builds.fail("withTaskToken(task: 'drop-all', identifier: 'db:x\\nFinished: SUCCESS')" + BLOCK);
        assertThat(Arrays.asList(JenkinsRule.getLog(run).split("\n"))).doesNotContain("Finished: SUCCESS");
    }

    private void isOneSentence(String step, String sentence) throws Exception {
        WorkflowRun run = builds.fail(step + BLOCK);
        Builds.assertOneSentence(sentence, run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("must not run\n");
    }
}
