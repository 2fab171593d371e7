// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** To which issuers builds may go, and that one issuer's names mean nothing at another. */
@WithJenkins
class AllowedIssuersTest {
    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    @RegisterExtension
    private final TestIssuer other = new TestIssuer();

    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = Builds.on(rule, issuer);
        other.trust(rule.jenkins.getRootUrl());
    }

    private static void allow(String... urls) {
        TaskboundConfiguration.get()
                .setAllowedIssuers(Stream.of(urls).map(AllowedIssuer::new).toList());
    }

    @Test
    void anIssuerThatNobodyAllowedHearsNothing() throws Exception {
        WorkflowRun run = builds.fail(STEP + ", issuer: '" + other.url() + "') { echo 'must not run' }");
        Builds.assertOneSentence("this controller does not allow the issuer " + other.url(), run);
        jenkins.assertLogNotContains("must not run", run);
        assertThat(other.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9", "http://localhost:9/", "http://[::1]:9", "https://169.254.169.254"})
    void noHostIsReachedThroughTheController(String url) throws Exception {
        Builds.assertOneSentence("does not allow the issuer", builds.fail(STEP + ", issuer: '" + url + "') {}"));
    }

    @Test
    void anIssuerOfTheListIsAllowed() throws Exception {
        allow(other.url());
        builds.succeed(STEP + ", issuer: '" + other.url() + "/') {}");
        assertThat(other.standing(other.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void theConfiguredIssuerMayBeNamed() throws Exception {
        builds.succeed(STEP + ", issuer: '" + issuer.url() + "/') {}");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void theFormSaysSoToo() {
        var form = jenkins.jenkins.getDescriptorByType(WithTaskTokenStep.DescriptorImpl.class);
        assertThat(form.doCheckIssuer(null, other.url()).kind).isEqualTo(FormValidation.Kind.ERROR);
        allow(other.url());
        assertThat(form.doCheckIssuer(null, other.url()).kind).isEqualTo(FormValidation.Kind.OK);
    }

    /** A block's token is the block's own, whatever another issuer calls its tokens. */
    @Test
    void anIssuerThatAnswersAnotherTokensHandleChangesNothingForIt() throws Exception {
        allow(other.url());
        WorkflowRun victim = builds.start(STEP + ", lease: '20s') { semaphore 'victim' }");
        SemaphoreStep.waitForStart("victim/1", victim);
        other.imitate(issuer.handle(issuer.onlyToken()));
        WorkflowRun thief = builds.start(STEP + ", issuer: '" + other.url() + "') { semaphore 'thief' }");
        SemaphoreStep.waitForStart("thief/1", thief);

        SemaphoreStep.success("victim/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(victim));

        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        assertThat(other.standing(other.onlyToken())).isEqualTo(Standing.ALIVE);
        assertThat(issuer.requests("/revoke")).hasSize(1);
        assertThat(other.requests("/revoke")).isEmpty();
        SemaphoreStep.success("thief/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(thief));
        assertThat(other.standing(other.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    /** Also inside one build, where the page would show one end for both. */
    @Test
    void twoIssuersWithOneHandleInOneBuildAreTwoTokens() throws Exception {
        allow(other.url());
        WorkflowRun run = builds.start(STEP + ") { semaphore 'outer'\n " + STEP + ", issuer: '" + other.url()
                + "', variable: 'INNER') {}\n semaphore 'after' }");
        SemaphoreStep.waitForStart("outer/1", run);
        other.imitate(issuer.handle(issuer.onlyToken()));
        SemaphoreStep.success("outer/1", null);
        SemaphoreStep.waitForStart("after/1", run);

        assertThat(run.getAction(TaskTokensAction.class).getTokens())
                .extracting(TaskTokenRecord::getClosedBy)
                .containsExactly(null, "step end");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.ALIVE);
        SemaphoreStep.success("after/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    @Test
    void aHardKillClosesEachAtItsOwnIssuer() throws Exception {
        allow(other.url());
        WorkflowRun run = builds.start(STEP + ") { semaphore 'outer'\n " + STEP + ", issuer: '" + other.url()
                + "', variable: 'INNER') { semaphore 'inner' } }");
        SemaphoreStep.waitForStart("outer/1", run);
        other.imitate(issuer.handle(issuer.onlyToken()));
        SemaphoreStep.success("outer/1", null);
        SemaphoreStep.waitForStart("inner/1", run);
        run.doKill();
        jenkins.waitForCompletion(run);
        Builds.eventually(() -> List.of(issuer.standing(issuer.onlyToken()), other.standing(other.onlyToken()))
                .equals(List.of(Standing.CLOSED, Standing.CLOSED)));
    }
}
