// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import hudson.util.FormValidation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Jenkins' own proxy settings hold for every call. The issuer plays the proxy; at the address that is asked for nobody
 * listens.
 */
@WithJenkins
class ProxyTest {
    private static final String NOBODY = "http://127.0.0.1:9";

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = Builds.on(rule, issuer);
        TaskboundConfiguration.get().setIssuer(NOBODY);
        rule.jenkins.setProxy(
                new ProxyConfiguration("127.0.0.1", URI.create(issuer.url()).getPort()));
    }

    @Test
    void mintHeartbeatAndClose() throws Exception {
        WorkflowRun run = builds.start(STEP + ", lease: '3s') { semaphore 'in' }");
        SemaphoreStep.waitForStart("in/1", run);
        Builds.eventually(() -> !issuer.requests("/renew").isEmpty());
        SemaphoreStep.success("in/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(TestLedger.Standing.CLOSED);
    }

    @Test
    void theTestButton() {
        FormValidation said = TaskboundConfiguration.get().doTestConnection(NOBODY, "taskbound");
        assertThat(said.kind).as(said.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    /** One that wants a password, and hangs up on whoever has none. */
    @Test
    void aProxyThatWantsAPasswordIsNamed() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> refuseAll(proxy));
            thread.setDaemon(true);
            thread.start();
            jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.getLocalPort()));
            TaskboundConfiguration.get().setIssuer("https://tokens.acme.example");
            WorkflowRun run = builds.fail(STEP + ") {}");
            Builds.assertOneSentence("the proxy wants a user and password", run);
            assertThat(TaskboundConfiguration.get()
                            .doTestConnection("https://tokens.acme.example", "taskbound")
                            .getMessage())
                    .contains("the proxy wants a user and password");
        }
    }

    private static void refuseAll(ServerSocket proxy) {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                socket.getInputStream().read(new byte[8192]);
                socket.getOutputStream()
                        .write(
                                ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                                                + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // The next one, or the end.
            }
        }
    }

    @Test
    void aChangedProxyHoldsForTheNextBlock() throws Exception {
        builds.succeed(STEP + ") {}");
        jenkins.jenkins.setProxy(null);
        Builds.assertOneSentence("no connection to 127.0.0.1:9", builds.fail(STEP + ") {}"));
    }

    @Test
    void anIssuerThatNeedsNoProxyIsAskedDirectly() throws Exception {
        jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", 9, null, null, "127.0.0.1"));
        TaskboundConfiguration.get().setIssuer(issuer.url());
        builds.succeed(STEP + ") {}");
    }
}
