// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.FormValidation;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TestButtonTest {
    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Builds.on(rule, issuer);
    }

    @Test
    void allIsWell() {
        FormValidation said = test(issuer.url());
        assertThat(said.kind).as(said.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(said.getMessage()).contains("Only a build can prove");
    }

    @Test
    void asksForADryRunAndNothingElse() {
        test(issuer.url());
        assertThat(issuer.requests("/token"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.get("dry_run")).isEqualTo("true"));
        assertThat(issuer.tokens()).isEmpty();
    }

    @Test
    void leavesTheAudienceOfTheCredentialAlone() {
        test(issuer.url());
        IdTokenStringCredentials kept = (IdTokenStringCredentials)
                store().getCredentials(Domain.global()).get(0);
        assertThat(kept.getAudience()).isEqualTo(TestIssuer.AUDIENCE);
    }

    @Test
    void anotherKey() throws Exception {
        test(issuer.url());
        store().removeCredentials(
                        Domain.global(), store().getCredentials(Domain.global()).get(0));
        Builds.addCredential(jenkins.jenkins, "taskbound");
        isError(test(issuer.url()), "key file");
    }

    @Test
    void anotherAudience() throws Exception {
        IdTokenStringCredentials other = (IdTokenStringCredentials)
                store().getCredentials(Domain.global()).get(0);
        other.setAudience("https://other.acme.example");
        isError(test(issuer.url()), "audience");
    }

    @Test
    void nobodyAnswers() {
        issuer.goDown();
        isError(test(issuer.url()), "No answer from " + issuer.url());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTML", "HUGE", "REDIRECTS"})
    void noIssuerOfOurs(Mood mood) {
        issuer.make("/token", mood);
        isError(test(issuer.url()), "No answer from " + issuer.url());
    }

    @Test
    void clocksThatDisagree() throws Exception {
        try (ServerSocket yesterday = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> answer(yesterday));
            thread.setDaemon(true);
            thread.start();
            isError(test("http://127.0.0.1:" + yesterday.getLocalPort()), "The clock of this controller is");
        }
    }

    @Test
    void noUrl() {
        isError(test("http://tokens.acme.example"), "issuer URL must be https");
    }

    @Test
    void noCredential() {
        isError(TaskboundConfiguration.get().doTestConnection(issuer.url(), ""), "Choose a credential");
    }

    @Test
    void anUnknownCredential() {
        isError(TaskboundConfiguration.get().doTestConnection(issuer.url(), "none"), "Choose a credential");
    }

    @Test
    void worksInTheBrowser() throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        jenkins.getButtonByCaption(page.getFormByName("config"), "Test");
        var post = new WebRequest(
                new URL(
                        jenkins.getURL(),
                        "descriptorByName/" + TaskboundConfiguration.class.getName() + "/testConnection?issuer="
                                + issuer.url() + "&credentialsId=taskbound"),
                HttpMethod.POST);
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.addCrumb(post);
        assertThat(browser.getPage(post).getWebResponse().getContentAsString()).contains("Only a build can prove");
    }

    /** Whatever is asked: 200, and a date long ago. */
    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[8192]);
            socket.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2020 00:00:00 GMT\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void isError(FormValidation said, String sentence) {
        assertThat(said.kind).as(said.getMessage()).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(said.getMessage()).contains(sentence);
    }

    private static FormValidation test(String url) {
        return TaskboundConfiguration.get().doTestConnection(url, "taskbound");
    }

    private CredentialsStore store() {
        return CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
    }
}
