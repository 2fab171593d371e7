// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What a block costs. The figures are printed, and docs/performance.md keeps them; the bars leave room for a busy
 * machine.
 */
@WithJenkins
class BenchmarkTest {
    private static final int BRANCHES = 100;
    private static final int BLOCKS = 40;

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
    void aBlockTakesTwoRoundTrips() throws Exception {
        builds.succeed(STEP + ") { echo 'in' }");
        assertThat(issuer.requests()).isEqualTo(2);
        assertThat(issuer.requests("/token")).hasSize(1);
        assertThat(issuer.requests("/revoke")).hasSize(1);
    }

    /**
     * Against a block step that does nothing; the fastest and the average of many each. The two calls over loopback are
     * in both.
     */
    @Test
    void mintAndCloseCostLittleTime() throws Exception {
        String loop = "long best = 99999\n long all = 0\n for (int n = 0; n < " + BLOCKS
                + "; n++) { long start = System.currentTimeMillis()\n ";
        String figures = "\n long took = System.currentTimeMillis() - start\n all += took\n"
                + " best = Math.min(best, took) }\n echo \"fastest ${best}\"\n"
                + " echo \"average ${all.intdiv(" + BLOCKS + ")}\"\n";
        WorkflowRun held = builds.succeed(loop + STEP + ") { echo 'in' }" + figures);
        WorkflowRun bare = builds.succeed(loop + "withEnv(['NOTHING=1']) { echo 'in' }" + figures);
        long average = figure("average", held) - figure("average", bare);
        System.out.printf(
                "benchmark: mint and close cost %d ms a block on average, %d ms the fastest%n",
                average, figure("fastest", held) - figure("fastest", bare));
        assertThat(average).isLessThan(100);
    }

    /**
     * The issuer says nothing at all, first to the mint and then to the close; the script of another branch runs on.
     */
    @Test
    void theCpsThreadWaitsForNobody() throws Exception {
        issuer.make("/token", Mood.SILENT);
        issuer.make("/revoke", Mood.SILENT);
        WorkflowRun run = builds.start("parallel block: { " + STEP + ") { echo 'in the block' } }, other: {"
                + " semaphore 'mint'\n echo 'beside the mint'\n semaphore 'close'\n echo 'beside the close' }");
        Builds.eventually(() -> !issuer.requests("/token").isEmpty());
        SemaphoreStep.success("mint/1", null);
        jenkins.waitForMessage("beside the mint", run);
        jenkins.assertLogNotContains("in the block", run);
        issuer.make("/token", Mood.RIGHT);
        Builds.eventually(() -> !issuer.requests("/revoke").isEmpty());
        SemaphoreStep.success("close/1", null);
        jenkins.waitForMessage("beside the close", run);
        jenkins.assertLogNotContains("closed by step end", run);
        issuer.make("/revoke", Mood.RIGHT);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    /** For people to read: on a busy machine the script stands still for reasons of its own. */
    @Test
    void howLongTheScriptStoodStill() throws Exception {
        issuer.make("/token", Mood.SLOW);
        issuer.make("/revoke", Mood.SLOW);
        WorkflowRun run = builds.succeed(
                "boolean over = false\n long worst = 0\n parallel block: { for (int n = 0; n < 3; n++) { "
                        + STEP + ") {} }\n over = true }, tick: { long last = System.currentTimeMillis()\n"
                        + " while (!over) { sleep(time: 20, unit: 'MILLISECONDS')\n"
                        + " long now = System.currentTimeMillis()\n worst = Math.max(worst, now - last)\n"
                        + " last = now } }\n echo \"longest ${worst}\"");
        System.out.printf(
                "benchmark: the longest the script stood still was %d ms, beside six seconds of waiting%n",
                figure("longest", run));
        assertThat(figure("longest", run)).isPositive();
    }

    @Test
    void aHundredBlocksAtOnceNeitherQueueNorExhaustAPool() throws Exception {
        issuer.make("/token", Mood.SLOW);
        issuer.make("/revoke", Mood.SLOW);
        long start = System.nanoTime();
        WorkflowRun run = builds.start("def branches = [:]\n for (int n = 0; n < " + BRANCHES
                + "; n++) { branches[\"b$n\".toString()] = { " + STEP + ") { echo 'in' } } }\n parallel branches");
        Builds.eventually(() -> issuer.mostAtOnce() > 10);
        long asked = System.nanoTime();
        Timer.get().schedule(() -> {}, 0, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS);
        Duration timer = Duration.ofNanos(System.nanoTime() - asked);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        Duration whole = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                "benchmark: %d blocks at once took %d ms beside %d s one after the other; %d waited at the issuer at"
                        + " once; Jenkins' timer was late by %d ms%n",
                BRANCHES, whole.toMillis(), 2 * BRANCHES, issuer.mostAtOnce(), timer.toMillis());
        assertThat(issuer.tokens())
                .hasSize(BRANCHES)
                .allSatisfy(token -> assertThat(issuer.standing(token)).isEqualTo(Standing.CLOSED));
        assertThat(issuer.requests()).isEqualTo(2 * BRANCHES);
        assertThat(issuer.mostAtOnce()).isGreaterThan(BRANCHES / 10);
        assertThat(whole).isLessThan(Duration.ofSeconds(60));
        assertThat(timer).isLessThan(Duration.ofSeconds(5));
    }

    /** What the script said after this word. */
    private static long figure(String name, WorkflowRun run) throws Exception {
        Matcher matcher = Pattern.compile(name + " (\\d+)").matcher(JenkinsRule.getLog(run));
        if (!matcher.find()) {
            throw new AssertionError("the build printed no figure " + name);
        }
        return Long.parseLong(matcher.group(1));
    }
}
