// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskbound.TestLedger.Standing;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An issuer that knows no dry run grants what was only asked about. */
@WithJenkins
class DryRunTest {
    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        builds = Builds.on(rule, issuer);
        issuer.make("/token", Mood.TAKES_ALL_FOR_REAL);
    }

    @Test
    void aGrantThatNobodyWantedIsClosedAndFailsTheStep() throws Exception {
        WorkflowRun run = builds.fail(STEP + ", dryRun: true) { echo 'must not run' }");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        Builds.assertOneSentence("dry run", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("must not run\n");
    }

    @Test
    void theTestButtonClosesItToo() {
        TaskboundConfiguration.get().doTestConnection(issuer.url(), "taskbound");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }
}
