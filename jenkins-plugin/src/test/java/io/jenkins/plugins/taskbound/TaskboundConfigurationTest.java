// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TaskboundConfigurationTest {
    private static final String PATH = "descriptorByName/" + TaskboundConfiguration.class.getName() + "/";

    @Test
    void isReadFromCodeAndWrittenBack(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        Path yaml = folder.resolve("jenkins.yaml");
        Files.writeString(
                yaml,
                "unclassified: {taskbound: {issuer: 'https://tokens.acme.example', credentialsId: taskbound, lease:"
                        + " 30s}}");
        ConfigurationAsCode.get().configure(yaml.toString());
        assertThat(TaskboundConfiguration.get().getIssuer()).isEqualTo("https://tokens.acme.example");
        assertThat(TaskboundConfiguration.get().getCredentialsId()).isEqualTo("taskbound");
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(Util.toYamlString(Util.getUnclassifiedRoot(context).get("taskbound")))
                .contains("issuer: \"https://tokens.acme.example\"", "credentialsId: \"taskbound\"", "lease: \"30s\"");
    }

    @Test
    void survivesARestart(JenkinsRule jenkins) {
        TaskboundConfiguration.get().setIssuer("https://tokens.acme.example");
        assertThat(new TaskboundConfiguration().getIssuer()).isEqualTo("https://tokens.acme.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://tokens.acme.example", "ftp://x", "https://u:p@x", "https://x?y", "no url"})
    void refusesAnIssuerThatNoClientWouldCall(String issuer, JenkinsRule jenkins) {
        assertThat(TaskboundConfiguration.checkedIssuer(issuer).kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void theTestButtonBelievesAnIssuerThatKnowsOurKey(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        try (RealIssuer issuer = RealIssuer.trusting(jenkins, folder)) {
            FormValidation said = TaskboundConfiguration.get().doTestConnection(issuer.url(), "taskbound");
            assertThat(said.kind).as(said.getMessage()).isEqualTo(FormValidation.Kind.OK);
            assertThat(said.getMessage()).contains("only a build can prove");
        }
    }

    @Test
    void theTestButtonSaysThatTheKeyIsAnother(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        try (RealIssuer issuer = RealIssuer.trusting(jenkins, folder)) {
            var store = com.cloudbees.plugins.credentials.CredentialsProvider.lookupStores(jenkins.jenkins)
                    .iterator()
                    .next();
            var global = com.cloudbees.plugins.credentials.domains.Domain.global();
            store.removeCredentials(global, store.getCredentials(global).get(0));
            RealIssuer.add(jenkins.jenkins);
            FormValidation said = TaskboundConfiguration.get().doTestConnection(issuer.url(), "taskbound");
            assertThat(said.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(said.getMessage()).contains("key file");
        }
    }

    @Test
    void theTestButtonSaysThatNobodyAnswers(JenkinsRule jenkins) throws Exception {
        RealIssuer.add(jenkins.jenkins);
        FormValidation said = TaskboundConfiguration.get().doTestConnection("http://127.0.0.1:9", "taskbound");
        assertThat(said.getMessage()).contains("No answer from http://127.0.0.1:9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkIssuer?value=x",
                "checkLease?value=x",
                "checkLifetime?value=x",
                "testConnection?issuer=x&credentialsId=y"
            })
    void asksAUserWithoutPermissionToGo(String method, JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("user"));
        JenkinsRule.WebClient user =
                jenkins.createWebClient().login("user").withThrowExceptionOnFailingStatusCode(false);
        WebRequest post = new WebRequest(new URL(jenkins.getURL(), PATH + method), HttpMethod.POST);
        user.addCrumb(post);
        assertThat(user.getPage(post).getWebResponse().getStatusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkIssuer?value=x", "testConnection?issuer=x&credentialsId=y"})
    void takesNoGet(String method, JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient user = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        assertThat(user.getPage(new URL(jenkins.getURL(), PATH + method))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(405);
    }
}
