// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static io.jenkins.plugins.taskbound.Builds.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Label;
import hudson.security.ACL;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.util.List;
import net.sf.json.JSONArray;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a block gets, and where a block can stand. */
@WithJenkins
class BlockTest {
    private static final String PRINT = "echo \"${env.TASKBOUND_HANDLE} ${env.TASKBOUND_TOKEN?.length()}\"\n";

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
    void smokes() throws Exception {
        WorkflowRun run = builds.start(STEP + ") { semaphore 'in' }\n semaphore 'after'");
        SemaphoreStep.waitForStart("in/1", run);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        SemaphoreStep.success("in/1", null);
        SemaphoreStep.waitForStart("after/1", run);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        SemaphoreStep.success("after/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("taskbound: granted sign-release: sign " + TARGET, run);
        jenkins.assertLogContains("closed by step end", run);
    }

    @Test
    void theVariablesAreGoneAfterTheBlock() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") { " + PRINT + " }\n " + PRINT);
        String token = issuer.onlyToken();
        jenkins.assertLogContains(issuer.handle(token) + " " + token.length() + "\n", run);
        jenkins.assertLogContains("null null\n", run);
    }

    @Test
    void asksForTheTaskAndNothingElse() throws Exception {
        builds.succeed(STEP + ") {}");
        IssuerRequest asked = issuer.requests("/token").get(0);
        assertThat(asked.get("authorization_details"))
                .isEqualTo("[{\"type\":\"task\",\"task\":\"sign-release\",\"identifier\":\"" + TARGET + "\"}]");
        assertThat(asked.get("lease")).isEqualTo("60");
        assertThat(asked.form()).doesNotContainKeys("requested_expires_in", "dry_run", "resource");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action: 'sign, verify'",
                "action: ['sign', 'verify']",
                "action: ['sign', \"ver${'ify'}\"]",
                "action: ['sign', 'verify'] as String[]",
                "action: ['sign', 'verify'] as Set",
                "action: ['sign, verify']",
            })
    void severalActionsAreATextOrAList(String action) throws Exception {
        builds.succeed(STEP + ", " + action + ") {}");
        assertThat(issuer.requests("/token").get(0).get("authorization_details"))
                .contains("\"actions\":[\"sign\",\"verify\"]");
    }

    @Test
    void anEmptyListOfActionsIsNone() throws Exception {
        builds.succeed(STEP + ", action: []) {}");
        assertThat(issuer.requests("/token").get(0).get("authorization_details"))
                .doesNotContain("actions");
    }

    @Test
    void aTargetsActionsMayBeAListToo() throws Exception {
        builds.succeed("withTaskToken(task: 'sign-release', details: [[identifier: 'artifact:a', action: ['sign',"
                + " 'verify'], location: ['https://signer.acme.example']]]) {}");
        assertThat(issuer.requests("/token").get(0).get("authorization_details"))
                .contains("\"actions\":[\"sign\",\"verify\"]", "\"locations\":[\"https://signer.acme.example\"]");
    }

    @Test
    void asksForActionsLifetimeAndLease() throws Exception {
        builds.succeed(STEP + ", action: 'sign, verify', lifetime: '2m', lease: '30s') {}");
        IssuerRequest asked = issuer.requests("/token").get(0);
        assertThat(asked.get("authorization_details")).contains("\"actions\":[\"sign\",\"verify\"]");
        assertThat(asked.get("requested_expires_in")).isEqualTo("120");
        assertThat(asked.get("lease")).isEqualTo("30");
    }

    @Test
    void theConfigurationHasTheDefaults() throws Exception {
        TaskboundConfiguration.get().setLifetime("3m");
        TaskboundConfiguration.get().setLease("20s");
        builds.succeed(STEP + ") {}");
        IssuerRequest asked = issuer.requests("/token").get(0);
        assertThat(asked.get("requested_expires_in")).isEqualTo("180");
        assertThat(asked.get("lease")).isEqualTo("20");
    }

    @Test
    void asksForSeveralTargets() throws Exception {
        builds.succeed("withTaskToken(task: 'sign-release', details: [[identifier: 'artifact:a', action: 'sign'],"
                + " [identifier: 'artifact:b', location: 'https://signer.acme.example']]) {}");
        assertThat((Object)
                        JSONArray.fromObject(issuer.requests("/token").get(0).get("authorization_details")))
                .isEqualTo(JSONArray.fromObject("""
                    [{"type": "task", "task": "sign-release", "actions": ["sign"], "identifier": "artifact:a"},
                     {"type": "task", "task": "sign-release", "locations": ["https://signer.acme.example"], "identifier": "artifact:b"}]
                    """));
    }

    @Test
    void theVariableCanHaveAnotherName() throws Exception {
        WorkflowRun run = builds.succeed(
                STEP + ", variable: 'SIGN_TOKEN') { echo \"${env.SIGN_TOKEN.length()} ${env.TASKBOUND_TOKEN}\" }");
        jenkins.assertLogContains(issuer.onlyToken().length() + " null", run);
    }

    @Test
    void dryRunAsksAndRunsNothing() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ", dryRun: true) { error 'must not run' }\n echo 'after'");
        assertThat(issuer.tokens()).isEmpty();
        assertThat(issuer.requests("/token")).hasSize(1);
        jenkins.assertLogContains(
                "a dry run: this would be granted. Nothing was issued and the block was not run.", run);
        jenkins.assertLogContains("after", run);
    }

    @Test
    void branchesOfOneSecondEachGetTheirOwn() throws Exception {
        WorkflowRun run = builds.start(
                "def branches = [failFast: true]\n for (int n = 1; n <= 8; n++) { branches[\"b$n\".toString()] = { "
                        + STEP + ") { semaphore 'in' } } }\n parallel branches");
        for (int n = 1; n <= 8; n++) {
            SemaphoreStep.waitForStart("in/" + n, run);
        }
        assertThat(issuer.tokens())
                .hasSize(8)
                .allSatisfy(token -> assertThat(issuer.standing(token)).isEqualTo(Standing.ALIVE));
        for (int n = 1; n <= 8; n++) {
            SemaphoreStep.success("in/" + n, null);
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(issuer.tokens()).hasSize(8).allSatisfy(this::isClosed);
    }

    @Test
    void theAudienceOfAnIdTokenIsTheBlocksOwnAndTheCredentialKeepsIts() throws Exception {
        builds.succeed(STEP + ") {}\n" + STEP + ") {}");
        assertThat(issuer.requests("/token"))
                .extracting(request -> request.get("txn"))
                .doesNotHaveDuplicates();
        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                        IdTokenStringCredentials.class, jenkins.jenkins, ACL.SYSTEM2))
                .singleElement()
                .satisfies(kept -> assertThat(kept.getAudience()).isEqualTo(TestIssuer.AUDIENCE));
    }

    @Test
    void nestedBlocksHaveTwoTokensAndTheOuterComesBack() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") { " + PRINT
                + " withTaskToken(task: 'deploy', identifier: 'app:shop', variable: 'INNER') { echo \"inner"
                + " ${env.INNER.length()}\"\n"
                + " "
                + PRINT + " }\n " + PRINT + " }");
        List<String> tokens = issuer.tokens();
        assertThat(tokens).hasSize(2).allSatisfy(this::isClosed);
        String outer = issuer.handle(tokens.get(0)) + " " + tokens.get(0).length();
        assertThat(JenkinsRule.getLog(run))
                .containsSubsequence(outer, "inner " + tokens.get(1).length(), outer);
        assertThat(issuer.requests("/revoke"))
                .extracting(request -> request.get("token"))
                .containsExactly(tokens.get(1), tokens.get(0));
    }

    @Test
    void everyTryOfARetryGetsItsOwn() throws Exception {
        builds.succeed("int tries = 0\n retry(2) { " + STEP + ") { if (++tries == 1) { error 'once more' } } }");
        assertThat(issuer.tokens()).hasSize(2).allSatisfy(this::isClosed);
    }

    @Test
    void aStageInATimeoutInABlockIsFine() throws Exception {
        builds.succeed(STEP + ") { timeout(1) { stage('sign') { echo 'in' } } }");
        isClosed(issuer.onlyToken());
    }

    @Test
    void anAgentHasItInItsEnvironment() throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
        WorkflowRun run = builds.succeed(
                "node('remote') { " + STEP + ") { sh 'echo ${#TASKBOUND_TOKEN} of ${#TASKBOUND_HANDLE}' } }");
        jenkins.assertLogContains(
                issuer.onlyToken().length() + " of "
                        + issuer.handle(issuer.onlyToken()).length(),
                run);
        isClosed(issuer.onlyToken());
    }

    @Test
    void warnsOfGroovyThatPutsTheTokenIntoACommand() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP + ") { sh \"true ${TASKBOUND_TOKEN}\" } }");
        jenkins.assertLogContains("A secret was passed to \"sh\" using Groovy String interpolation", run);
        jenkins.assertLogContains("TASKBOUND_TOKEN", run);
    }

    @Test
    void doesNotWarnOfTheHandle() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP + ") { sh \"true ${TASKBOUND_HANDLE}\" } }");
        jenkins.assertLogNotContains("using Groovy String interpolation", run);
    }

    @Test
    void goesThroughAnotherIssuerWhereTheStepNamesOne() throws Exception {
        TaskboundConfiguration.get().setIssuer("https://nobody.acme.example");
        TaskboundConfiguration.get().setAllowedIssuers(List.of(new AllowedIssuer(issuer.url())));
        builds.succeed(STEP + ", issuer: '" + issuer.url() + "/') {}");
        isClosed(issuer.onlyToken());
    }

    @Test
    void tracksTheUseOfTheCredential() throws Exception {
        WorkflowRun run = builds.succeed(STEP + ") {}");
        var credential =
                CredentialsProvider.findCredentialById("taskbound", IdTokenStringCredentials.class, run, List.of());
        assertThat(CredentialsProvider.getFingerprintOf(credential).getJobs())
                .containsExactly(run.getParent().getFullName());
    }

    private void isClosed(String token) {
        assertThat(issuer.standing(token)).isEqualTo(Standing.CLOSED);
    }
}
