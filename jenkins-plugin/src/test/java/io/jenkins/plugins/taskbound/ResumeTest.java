// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that stops in mid-block and starts again; its whole home is searched for the token. */
class ResumeTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    @Test
    void theBlockGoesOnWithItsToken() throws Throwable {
        String script = "node { " + STEP
                + ") { semaphore 'in'\n sh 'echo \"now $TASKBOUND_TOKEN\"' }\n sh 'echo \"after $TASKBOUND_TOKEN.\"' }";
        startUntilInBlock(script);
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("continues after the restart of Jenkins", run);
            assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
            var traces = new TokenTraces(issuer.onlyToken());
            traces.assertNoneBelow(home());
            SemaphoreStep.success("in/1", null);
            Builds.on(jenkins).end(run, Result.SUCCESS);
            jenkins.assertLogContains("now ****", run);
            jenkins.assertLogContains("after .", run);
            jenkins.assertLogContains("closed by step end", run);
            assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
            assertThat(issuer.requests("/revoke")).hasSize(1);
            traces.assertNoneBelow(home());
        });
    }

    @Test
    void theHeartbeatGoesOnToo() throws Throwable {
        startUntilInBlock(STEP + ", lease: '20s') { semaphore 'in' }");
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("continues after the restart of Jenkins", run);
            int beats = issuer.requests("/renew").size();
            assertThat(beats).isPositive();
            Builds.eventually(() -> issuer.requests("/renew").size() >= beats + 2);
            SemaphoreStep.success("in/1", null);
            Builds.on(jenkins).end(run, Result.SUCCESS);
        });
    }

    @Test
    void aTokenThatDiedMeanwhileIsReplacedForWhatStartsNow() throws Throwable {
        startUntilInBlock("node { " + STEP
                + ") { semaphore 'in'\n sh 'echo \"${#TASKBOUND_TOKEN} $TASKBOUND_HANDLE $TASKBOUND_TOKEN\"' } }");
        String old = issuer.onlyToken();
        issuer.kill(old);
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("a fresh token for this block", run);
            assertThat(issuer.tokens()).hasSize(2);
            String fresh = issuer.tokens().get(1);
            assertThat(issuer.standing(fresh)).isEqualTo(Standing.ALIVE);
            new TokenTraces(fresh).assertNoneBelow(home());
            SemaphoreStep.success("in/1", null);
            Builds.on(jenkins).end(run, Result.SUCCESS);
            jenkins.assertLogContains("\n" + fresh.length() + " " + issuer.handle(fresh) + " ****", run);
            assertThat(issuer.standing(fresh)).isEqualTo(Standing.CLOSED);
        });
    }

    @Test
    void theBlockGoesOnWithItsCredential() throws Throwable {
        issuer.deliver("openbao", openbao("hvs.first0123456789"));
        startUntilInBlock("node { " + STEP + ") { semaphore 'in'\n sh 'echo \"got ${#VAULT_TOKEN} $VAULT_TOKEN\"' } }");
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("continues after the restart of Jenkins", run);
            var traces = new TokenTraces("hvs.first0123456789");
            traces.assertNoneBelow(home());
            SemaphoreStep.success("in/1", null);
            Builds.on(jenkins).end(run, Result.SUCCESS);
            jenkins.assertLogContains("got 19 ****", run);
            assertThat(issuer.requests("/credential")).hasSize(1);
            traces.assertNoneBelow(home());
        });
    }

    @Test
    void aTokenThatDiedMeanwhileIsReplacedTogetherWithItsCredential() throws Throwable {
        issuer.deliver("openbao", openbao("hvs.first0123456789"));
        startUntilInBlock("node { " + STEP + ") { semaphore 'in'\n sh 'echo \"got ${#VAULT_TOKEN} $VAULT_TOKEN\"' } }");
        issuer.kill(issuer.onlyToken());
        issuer.deliver("openbao", openbao("hvs.another-one-0123456789"));
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("a fresh token for this block", run);
            SemaphoreStep.success("in/1", null);
            Builds.on(jenkins).end(run, Result.SUCCESS);
            jenkins.assertLogContains("got 26 ****", run);
            new TokenTraces("hvs.another-one-0123456789").assertNoneBelow(home());
            assertThat(issuer.standing(issuer.tokens().get(1))).isEqualTo(Standing.CLOSED);
        });
    }

    private static String openbao(String token) {
        return "{\"kind\":\"openbao\",\"expires_at\":1795428660,\"refresh\":false,\"credential\":{\"token\":\"" + token
                + "\"},\"address\":\"https://vault.acme.example\"}";
    }

    @Test
    void aFileOfATokenThatDiedIsReplacedToo() throws Throwable {
        sessions.then(jenkins -> SemaphoreStep.waitForStart(
                "in/1",
                Builds.on(jenkins, issuer)
                        .start("node { " + STEP
                                + ", file: true) { semaphore 'in'\n sh 'wc -c <\"$TASKBOUND_TOKEN_FILE\";"
                                + " cat \"$TASKBOUND_TOKEN_FILE\"' } }")));
        issuer.kill(issuer.onlyToken());
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("a fresh token for this block", run);
            String fresh = issuer.tokens().get(1);
            SemaphoreStep.success("in/1", null);
            Builds.on(jenkins).end(run, Result.SUCCESS);
            jenkins.assertLogContains(String.valueOf(fresh.length()), run);
            jenkins.assertLogContains("****", run);
            assertThat(issuer.standing(fresh)).isEqualTo(Standing.CLOSED);
            new TokenTraces(fresh).assertNoneBelow(home());
        });
    }

    /**
     * The step that ran at the crash is over at once, and the next one would begin before a slow issuer has answered.
     */
    @Test
    void theStepAfterOneThatIsOverAtTheResumeHasTheFreshToken() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins, issuer)
                    .start("node { " + STEP + ", lease: '10s') { sleep 2\n sh 'echo \"got $TASKBOUND_HANDLE\"' } }");
            jenkins.waitForMessage("Sleeping for 2", run);
        });
        issuer.kill(issuer.onlyToken());
        issuer.make("/token", Mood.SLOW);
        issuer.make("/renew", Mood.SLOW);
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.SUCCESS);
            assertThat(issuer.tokens()).hasSize(2);
            jenkins.assertLogContains("got " + issuer.handle(issuer.tokens().get(1)), run);
            jenkins.assertLogContains("a fresh token for this block", run);
            assertThat(issuer.standing(issuer.tokens().get(1))).isEqualTo(Standing.CLOSED);
        });
    }

    /** Such as an input that somebody answers before the block is resumed: nothing holds such a step back. */
    @Test
    void aStepThatEndsBeforeTheBlockIsResumedIsFollowedByTheFreshTokenToo() throws Throwable {
        startUntilInBlock("node { " + STEP + ") { semaphore 'in'\n sh 'echo \"got $TASKBOUND_HANDLE\"' } }");
        issuer.kill(issuer.onlyToken());
        issuer.make("/token", Mood.SLOW);
        issuer.make("/renew", Mood.SLOW);
        sessions.then(jenkins -> {
            SemaphoreStep.success("in/1", null);
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.SUCCESS);
            jenkins.assertLogContains("got " + issuer.handle(issuer.tokens().get(1)), run);
        });
    }

    @Test
    void anExpiredTokenIsReplacedBeforeTheNextStepToo() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins, issuer)
                    .start("node { " + STEP + ", lifetime: '4s') { sleep 3\n sh 'echo \"got $TASKBOUND_HANDLE\"' } }");
            jenkins.waitForMessage("Sleeping for 3", run);
        });
        Builds.eventually(() -> issuer.standing(issuer.onlyToken()) != Standing.ALIVE);
        issuer.make("/token", Mood.SLOW);
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.SUCCESS);
            jenkins.assertLogContains("got " + issuer.handle(issuer.tokens().get(1)), run);
        });
    }

    @Test
    void withoutAFreshTokenNoFurtherStepOfTheBlockRuns() throws Throwable {
        startUntilInBlock("node { " + STEP + ") { semaphore 'in'\n sh 'echo \"must not run\"' } }");
        issuer.kill(issuer.onlyToken());
        issuer.make("/token", Mood.REFUSES);
        sessions.then(jenkins -> {
            SemaphoreStep.success("in/1", null);
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.FAILURE);
            jenkins.assertLogNotContains("must not run\n", run);
            jenkins.assertLogContains("there is no fresh one", run);
            jenkins.assertLogNotContains("\tat ", run);
        });
    }

    /** An issuer that is away while its controller starts is waited for; the block holds still. */
    @Test
    void waitsForAnIssuerThatDoesNotAnswerYet() throws Throwable {
        startUntilInBlock(
                "node { " + STEP + ", lease: '300s') { semaphore 'in'\n sh 'echo \"got $TASKBOUND_HANDLE\"' } }");
        issuer.make("/renew", Mood.BUSY);
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            Builds.eventually(() -> !issuer.requests("/renew").isEmpty());
            SemaphoreStep.success("in/1", null);
            Thread.sleep(2_000);
            jenkins.assertLogNotContains("got ", run);
            issuer.make("/renew", Mood.RIGHT);
            Builds.on(jenkins).end(run, Result.SUCCESS);
            jenkins.assertLogContains("got " + issuer.handle(issuer.onlyToken()), run);
        });
    }

    /** Jenkins gives such a build up without a word to its blocks. */
    @Test
    void anAgentThatDoesNotComeBackLeavesNoTokenAlive() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.createOnlineSlave(Label.get("remote"));
            WorkflowRun run =
                    Builds.on(jenkins, issuer).start("node('remote') { " + STEP + ", file: true) { semaphore 'in' } }");
            SemaphoreStep.waitForStart("in/1", run);
            jenkins.jenkins.removeNode(jenkins.jenkins.getNodes().get(0));
        });
        sessions.then(jenkins -> {
            Builds.on(jenkins).end(run(jenkins), Result.ABORTED);
            assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        });
    }

    @Test
    void withoutAFreshTokenTheBlockFailsAndSaysSo() throws Throwable {
        startUntilInBlock(STEP + ") { semaphore 'in' }");
        issuer.kill(issuer.onlyToken());
        issuer.make("/token", Mood.REFUSES);
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins).end(run(jenkins), Result.FAILURE);
            jenkins.assertLogContains("The token died while Jenkins was down, and there is no fresh one", run);
            jenkins.assertLogContains(TestIssuer.REQUEST_ID, run);
            jenkins.assertLogNotContains("\tat ", run);
        });
    }

    @Test
    void anAbortAfterTheRestartClosesIt() throws Throwable {
        startUntilInBlock(STEP + ") { semaphore 'in' }");
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("continues after the restart of Jenkins", run);
            run.doStop();
            Builds.on(jenkins).end(run, Result.ABORTED);
            assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        });
    }

    @Test
    void aHardKillAfterTheRestartClosesIt() throws Throwable {
        startUntilInBlock(STEP + ") { semaphore 'in' }");
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.waitForMessage("continues after the restart of Jenkins", run);
            run.doKill();
            Builds.on(jenkins).end(run, Result.ABORTED);
            assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        });
    }

    @Test
    void nestedBlocksBothGoOn() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins, issuer)
                    .start(STEP
                            + ") { withTaskToken(task: 'deploy', identifier: 'app:shop', variable: 'INNER') {"
                            + " semaphore 'in' }\n"
                            + " semaphore 'outer' }");
            SemaphoreStep.waitForStart("in/1", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            SemaphoreStep.success("in/1", null);
            SemaphoreStep.waitForStart("outer/1", run);
            assertThat(issuer.standing(issuer.tokens().get(1))).isEqualTo(Standing.CLOSED);
            assertThat(issuer.standing(issuer.tokens().get(0))).isEqualTo(Standing.ALIVE);
            SemaphoreStep.success("outer/1", null);
            Builds.on(jenkins).end(run, Result.SUCCESS);
            assertThat(issuer.standing(issuer.tokens().get(0))).isEqualTo(Standing.CLOSED);
        });
    }

    @Test
    void thePageKeepsWhatItKnew() throws Throwable {
        sessions.then(jenkins -> Builds.on(jenkins, issuer).succeed(STEP + ") {}"));
        sessions.then(jenkins -> assertThat(
                        run(jenkins).getAction(TaskTokensAction.class).getTokens())
                .singleElement()
                .satisfies(token -> {
                    assertThat(token.getHandle()).isEqualTo(issuer.handle(issuer.onlyToken()));
                    assertThat(token.getClosedBy()).isEqualTo("step end");
                }));
    }

    private void startUntilInBlock(String script) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = Builds.on(jenkins, issuer).start(script);
            SemaphoreStep.waitForStart("in/1", run);
            assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
            new TokenTraces(issuer.onlyToken()).assertNoneBelow(home());
        });
        new TokenTraces(issuer.onlyToken()).assertNoneBelow(home());
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        return jenkins.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
    }

    private Path home() {
        return sessions.getHome().toPath();
    }
}
