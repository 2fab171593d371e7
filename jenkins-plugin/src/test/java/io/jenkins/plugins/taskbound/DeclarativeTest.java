// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The same step in a Declarative Pipeline. */
@WithJenkins
class DeclarativeTest {
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
        assertThat(issuer.tokens())
                .allSatisfy(token -> assertThat(issuer.standing(token)).isEqualTo(Standing.CLOSED));
    }

    @Test
    void aStageHoldsOne() throws Exception {
        WorkflowRun run = builds.succeed("pipeline { agent any\n stages { stage('sign') { steps { " + STEP
                + ") { sh 'echo \"in ${#TASKBOUND_TOKEN} $TASKBOUND_TOKEN\"' }\n"
                + " sh 'echo \"after ${#TASKBOUND_TOKEN}\"' } } } }");
        jenkins.assertLogContains("in " + issuer.onlyToken().length() + " ****", run);
        jenkins.assertLogContains("after 0", run);
    }

    @Test
    void severalActionsAsAList() throws Exception {
        builds.succeed("pipeline { agent none\n stages { stage('sign') { options { " + STEP
                + ", action: ['sign', 'verify']) }\n steps { echo 'in' } }\n"
                + " stage('again') { steps { " + STEP + ", action: ['sign', 'verify']) { echo 'in' } } } } }");
        assertThat(issuer.requests("/token"))
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.get("authorization_details")).contains("\"actions\":[\"sign\",\"verify\"]"));
    }

    @Test
    void withoutAnAgent() throws Exception {
        WorkflowRun run = builds.succeed("pipeline { agent none\n stages { stage('sign') { steps { " + STEP
                + ") { echo \"has ${env.TASKBOUND_TOKEN}\" } } } } }");
        jenkins.assertLogContains("has ****", run);
    }

    @Test
    void detailsFileAndFriends() throws Exception {
        WorkflowRun run = builds.succeed(
                "pipeline { agent any\n stages { stage('sign') { steps { retry(2) { timeout(1) { withTaskToken(task:"
                        + " 'sign-release', details: [[identifier: 'artifact:a', action: 'sign'], [identifier:"
                        + " 'artifact:b']], file: true, lifetime: '5m', lease: '30s') { sh 'wc -c <"
                        + " \"$TASKBOUND_TOKEN_FILE\"' } } } } } } }");
        jenkins.assertLogContains("\n" + issuer.onlyToken().length() + "\n", run);
    }

    @Test
    void everyCellOfAMatrixGetsItsOwn() throws Exception {
        builds.succeed("pipeline { agent none\n"
                + " stages { stage('all') { matrix { axes { axis { name 'OS'\n"
                + " values 'linux', 'mac', 'windows' }\n"
                + " axis { name 'ARCH'\n"
                + " values 'arm', 'x86' } }\n"
                + " stages { stage('sign') { steps { withTaskToken(task: 'sign-release', identifier:"
                + " \"artifact:acme/${OS}-${ARCH}\") { echo 'in' } } } } } } } }");
        assertThat(issuer.requests("/token"))
                .extracting(request -> request.get("authorization_details"))
                .hasSize(6)
                .doesNotHaveDuplicates();
        assertThat(issuer.tokens()).hasSize(6);
    }

    @Test
    void thePostSectionHasNoToken() throws Exception {
        WorkflowRun run = builds.fail("pipeline { agent any\n stages { stage('sign') { steps { " + STEP
                + ") { error 'no luck' } } } }\n post { always { echo \"post ${env.TASKBOUND_TOKEN}\" } } }");
        jenkins.assertLogContains("post null", run);
        jenkins.assertLogContains("closed by step end", run);
    }

    @Test
    void aStageThatTimesOut() throws Exception {
        builds.end(
                builds.start("pipeline { agent none\n stages { stage('sign') { options { timeout(time: 10, unit:"
                        + " 'SECONDS') }\n steps { " + STEP + ") { sleep 100 } } } } }"),
                Result.ABORTED);
    }

    @Test
    void aRefusedTask() throws Exception {
        WorkflowRun run = builds.fail("pipeline { agent none\n stages { stage('drop') { steps { withTaskToken(task:"
                + " 'drop-all', identifier: 'db:shop') { echo 'must not run' } } } } }");
        Builds.assertOneSentence("The issuer refused the task drop-all", run);
        jenkins.assertLogNotContains("must not run", run);
    }
}
