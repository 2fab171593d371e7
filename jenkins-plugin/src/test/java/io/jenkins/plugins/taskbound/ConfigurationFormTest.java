// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationFormTest {
    private JenkinsRule jenkins;
    private TaskboundConfiguration configuration;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        configuration = TaskboundConfiguration.get();
        Builds.addCredential(rule.jenkins, "taskbound");
    }

    @Test
    void configRoundTrip() throws Exception {
        configuration.setIssuer("https://tokens.acme.example");
        configuration.setCredentialsId("taskbound");
        configuration.setLifetime("10m");
        configuration.setLease("30s");
        jenkins.configRoundtrip();
        assertThat(configuration.getIssuer()).isEqualTo("https://tokens.acme.example");
        assertThat(configuration.getCredentialsId()).isEqualTo("taskbound");
        assertThat(configuration.getLifetime()).isEqualTo("10m");
        assertThat(configuration.getLease()).isEqualTo("30s");
    }

    @Test
    void whatSomebodyTypesIsKept() throws Exception {
        HtmlForm form = page().getFormByName("config");
        form.getInputByName("_.issuer").setValue(" https://other.acme.example ");
        jenkins.submit(form);
        assertThat(configuration.getIssuer()).isEqualTo("https://other.acme.example");
        assertThat(new TaskboundConfiguration().getIssuer()).as("on disk").isEqualTo("https://other.acme.example");
    }

    @Test
    void keepsTheOtherIssuers() throws Exception {
        configuration.setAllowedIssuers(
                List.of(new AllowedIssuer("https://one.acme.example"), new AllowedIssuer("http://127.0.0.1:8787")));
        jenkins.configRoundtrip();
        assertThat(configuration.getAllowedIssuers())
                .extracting(AllowedIssuer::getUrl)
                .containsExactly("https://one.acme.example", "http://127.0.0.1:8787");
        assertThat(new TaskboundConfiguration().getAllowedIssuers())
                .as("on disk")
                .hasSize(2);
    }

    @Test
    void anEmptyFieldIsNoValue() throws Exception {
        configuration.setLease("30s");
        HtmlForm form = page().getFormByName("config");
        form.getInputByName("_.lease").setValue("");
        jenkins.submit(form);
        assertThat(configuration.getLease()).isNull();
    }

    @Test
    void thePageHasTheProviderEntryToCopy() throws Exception {
        configuration.setIssuer("https://tokens.acme.example");
        assertThat(page().asNormalizedText())
                .contains(
                        "profile: jenkins",
                        "issuer: " + jenkins.getURL() + "oidc",
                        "audience: https://tokens.acme.example",
                        "jwks_file: jenkins.jwks.json");
    }

    /** Builds.addCredential gave it an audience; the issuer's URL would be refused. */
    @Test
    void theProviderEntryHasTheAudienceOfTheCredential() throws Exception {
        configuration.setIssuer("http://127.0.0.1:8787");
        configuration.setCredentialsId("taskbound");
        assertThat(page().asNormalizedText())
                .contains("audience: " + TestIssuer.AUDIENCE)
                .doesNotContain("audience: http://127");
    }

    @Test
    void theProviderEntryHasTheIssuerThatTheCredentialNames() throws Exception {
        IdTokenStringCredentials elsewhere =
                new IdTokenStringCredentials(CredentialsScope.GLOBAL, "elsewhere", "published by another host");
        elsewhere.setIssuer("https://keys.acme.example/ci");
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(Domain.global(), elsewhere);
        configuration.setCredentialsId("elsewhere");
        assertThat(configuration.getProviderEntry()).contains("\n    issuer: https://keys.acme.example/ci\n");
        assertThat(configuration.getKeysUrl()).isEqualTo("https://keys.acme.example/ci/jwks");
    }

    @Test
    void theKeyFileIsWhatTheLinkAnswers() throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        String keys =
                browser.getPage(configuration.getKeysUrl()).getWebResponse().getContentAsString();
        assertThat(keys).contains("\"kid\":\"taskbound\"", "\"kty\":\"RSA\"").doesNotContain("\"d\":");
    }

    @Test
    void offersIdTokensAlone() throws Exception {
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString("x")));
        assertThat(configuration.doFillCredentialsIdItems(""))
                .extracting(option -> option.value)
                .containsExactly("", "taskbound");
    }

    @Test
    void keepsAChoiceThatIsGone() {
        assertThat(configuration.doFillCredentialsIdItems("gone"))
                .extracting(option -> option.value)
                .contains("gone");
    }

    @Test
    void refusesAnIssuerThatNoClientWouldCall() {
        for (String issuer : List.of(
                "http://tokens.acme.example", "ftp://x", "https://u:p@x", "https://x?y", "no url", "https://")) {
            FormValidation said = configuration.doCheckIssuer(issuer);
            assertThat(said.kind).as(issuer).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(said.getMessage()).startsWith("issuer URL").doesNotContain("u:p");
        }
    }

    @Test
    void takesAnIssuer() {
        for (String issuer : List.of(
                "", "https://tokens.acme.example", "https://tokens.acme.example/prod/", "http://127.0.0.1:8787")) {
            assertThat(configuration.doCheckIssuer(issuer).kind).as(issuer).isEqualTo(FormValidation.Kind.OK);
        }
    }

    @Test
    void checksDurationsAsTheyAreTyped() {
        assertThat(configuration.doCheckLease("60").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckLease("60s").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.doCheckLifetime("1 h").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckLifetime("").kind).isEqualTo(FormValidation.Kind.OK);
    }

    private HtmlPage page() throws Exception {
        return jenkins.createWebClient().goTo("configure");
    }
}
