// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * No token in a log, in the home of Jenkins or in what Jenkins logs of itself. Every test prints a mark of its own:
 * that something was printed at all is part of it.
 */
@WithJenkins
class SecrecyTest {
    /** Every printable thing that shells make of a token without trying to hide it. */
    private static final String PRINTS = """
        echo "clear $TASKBOUND_TOKEN"
        echo "header Authorization: Bearer $TASKBOUND_TOKEN"
        echo "signature ${TASKBOUND_TOKEN##*.}"
        echo "url https://x/?t=$TASKBOUND_TOKEN&y=1"
        echo "quoted '$TASKBOUND_TOKEN' \\\\"$TASKBOUND_TOKEN\\\\""
        for before in '' a ab; do
          echo "base64 $(printf '%s%s' "$before" "$TASKBOUND_TOKEN" | base64 -w0)"
          echo "base64url $(printf '%s%s' "$before" "$TASKBOUND_TOKEN" | base64 -w0 | tr '+/' '-_')"
        done
        printf 'basic '; printf 'x:%s' "$TASKBOUND_TOKEN" | base64 -w0; echo
        """;

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private final Ear ear = new Ear();
    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = Builds.on(rule, issuer);
        Logger.getLogger("io.jenkins.plugins.taskbound").setLevel(Level.ALL);
        Logger.getLogger("").addHandler(ear);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("").removeHandler(ear);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "sh -x", "bash", "bash -xv", "dash"})
    void masking(String shell) throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP + ") { sh '''#!/bin/" + shell + "\n" + PRINTS + "''' } }");
        assertThat(JenkinsRule.getLog(run)).contains("clear ****", "header Authorization: Bearer ****", "base64 ");
        isNowhere(run);
    }

    @Test
    void maskingInPushModeOnAnAgent() throws Exception {
        DurableTaskStep.USE_WATCHING = true;
        try {
            jenkins.createOnlineSlave(Label.get("remote"));
            WorkflowRun run = builds.succeed("node('remote') { " + STEP + ") { sh '''" + PRINTS + "''' } }");
            assertThat(JenkinsRule.getLog(run)).contains("clear ****", "base64 ");
            isNowhere(run);
        } finally {
            DurableTaskStep.USE_WATCHING = false;
        }
    }

    @Test
    void maskingInPullModeOnAnAgent() throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
        WorkflowRun run = builds.succeed("node('remote') { " + STEP + ") { sh '''" + PRINTS + "''' } }");
        assertThat(JenkinsRule.getLog(run)).contains("clear ****", "base64 ");
        isNowhere(run);
    }

    @Test
    void maskingOfTwoTokensInANestedBlock() throws Exception {
        WorkflowRun run =
                builds.succeed(STEP + ") { withTaskToken(task: 'deploy', identifier: 'app:shop', variable: 'INNER')"
                        + " { echo \"both ${env.TASKBOUND_TOKEN} ${env.INNER}\" } }");
        assertThat(JenkinsRule.getLog(run)).contains("both **** ****");
        isNowhere(run);
    }

    @Test
    void maskingOfEcho() throws Exception {
        WorkflowRun run = builds.succeed(
                STEP + ") { echo \"echo ${env.TASKBOUND_TOKEN}\"\n println \"println ${env.TASKBOUND_TOKEN}\" }");
        assertThat(JenkinsRule.getLog(run)).contains("echo ****", "println ****");
        isNowhere(run);
    }

    @Test
    void wrappedBase64() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP
                + ") { sh 'printf %s \"$TASKBOUND_TOKEN\" | base64; printf %s \"$TASKBOUND_TOKEN\" | base64 -w"
                + " 64' } }");
        assertThat(JenkinsRule.getLog(run)).contains("****");
        String token = issuer.onlyToken();
        String encoded = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        // Of the lines only those count that hold part of the signature: the rest opens nothing.
        int signature = (token.lastIndexOf('.') + 1) * 4 / 3;
        for (int width : new int[] {76, 64}) {
            for (int start = signature - signature % width; start + width <= encoded.length(); start += width) {
                jenkins.assertLogNotContains(encoded.substring(start, start + width), run);
            }
        }
    }

    @Test
    void anErrorOfTheBlock() throws Exception {
        WorkflowRun run = builds.fail(STEP + ") { error \"has ${env.TASKBOUND_TOKEN}\" }");
        jenkins.assertLogContains("ERROR: has ****", run);
        isNowhere(run);
    }

    @Test
    void anExceptionOfAStep() throws Exception {
        WorkflowRun run = builds.fail("node { " + STEP + ") { readFile \"no/${env.TASKBOUND_TOKEN}\" } }");
        jenkins.assertLogContains("no/****", run);
        isNowhere(run);
    }

    @Test
    void anExceptionOfAScript() throws Exception {
        WorkflowRun run = builds.fail(STEP + ") { throw new Exception(\"has ${env.TASKBOUND_TOKEN}\") }");
        jenkins.assertLogContains("has ****", run);
        isNowhere(run);
    }

    @Test
    void anExceptionThatACatcherPrintsAfterTheBlock() throws Exception {
        WorkflowRun run = builds.succeed("try { " + STEP
                + ") { error \"has ${env.TASKBOUND_TOKEN}\" } } catch (e) { echo \"caught ${e.message}\" }");
        jenkins.assertLogContains("caught has ****", run);
        isNowhere(run);
    }

    @Test
    void anErrorThatASiblingBranchMakesPublic() throws Exception {
        WorkflowRun run =
                builds.fail("parallel a: { " + STEP + ") { error \"has ${env.TASKBOUND_TOKEN}\" } }, b: { echo 'b' }");
        isNowhere(run);
    }

    @Test
    void argumentsOfSteps() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP
                + ") { sh \"true ${TASKBOUND_TOKEN}\"\n withEnv([\"COPY=${TASKBOUND_TOKEN}\"]) { sh 'true' }\n"
                + " echo TASKBOUND_TOKEN } }");
        isNowhere(run);
    }

    @Test
    void aFileOfTheToken() throws Exception {
        WorkflowRun run = builds.succeed("node { " + STEP
                + ", file: true) { sh 'echo \"file $(cat \"$TASKBOUND_TOKEN_FILE\")\"; cat"
                + " \"$TASKBOUND_HEADER_FILE\"' } }");
        assertThat(JenkinsRule.getLog(run)).contains("file ****", "Authorization: Bearer ****");
        isNowhere(run);
    }

    @Test
    void afterAnAbort() throws Exception {
        WorkflowRun run = builds.start("node { " + STEP
                + ", file: true) { sh 'cat \"$TASKBOUND_TOKEN_FILE\"; echo; echo printed; sleep 100' } }");
        jenkins.waitForMessage("printed", run);
        run.doStop();
        builds.end(run, Result.ABORTED);
        isNowhere(run);
    }

    @Test
    void theIdTokenIsNowhereEither() throws Exception {
        WorkflowRun run = builds.fail("withTaskToken(task: 'drop-all', identifier: 'db:shop') {}");
        String idToken = issuer.requests("/token").get(0).get("subject_token");
        var traces = new TokenTraces(idToken);
        traces.assertNoneIn(JenkinsRule.getLog(run));
        traces.assertNoneIn(ear.heard());
        traces.assertNoneBelow(jenkins.jenkins.getRootDir().toPath());
    }

    private void isNowhere(WorkflowRun run) throws Exception {
        String log = JenkinsRule.getLog(run);
        assertThat(issuer.tokens()).isNotEmpty();
        for (String token : issuer.tokens()) {
            var traces = new TokenTraces(token);
            traces.assertNoneIn(log);
            traces.assertNoneIn(ear.heard());
            traces.assertNoneBelow(jenkins.jenkins.getRootDir().toPath());
        }
    }

    /** Hears what Jenkins logs of itself. */
    private static final class Ear extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Ear() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        String heard() {
            return String.join("\n", lines);
        }
    }
}
