// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A credential of scope System is not for builds: what no build finds, the configuration neither offers nor calls good.
 */
@WithJenkins
class SystemScopeTest {
    @BeforeEach
    void addOneOfEachScope(JenkinsRule jenkins) throws Exception {
        add(jenkins, CredentialsScope.SYSTEM, "of-jenkins");
        add(jenkins, CredentialsScope.GLOBAL, "of-builds");
    }

    private static void add(JenkinsRule jenkins, CredentialsScope scope, String id) throws Exception {
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(Domain.global(), new IdTokenStringCredentials(scope, id, "who a build is"));
    }

    @Test
    void theListOffersWhatBuildsFind() {
        assertThat(TaskboundConfiguration.get().doFillCredentialsIdItems(""))
                .extracting((ListBoxModel.Option option) -> option.value)
                .containsExactly("", "of-builds");
    }

    @Test
    void theTestButtonFindsNoOther() {
        FormValidation said = TaskboundConfiguration.get().doTestConnection("http://127.0.0.1:9", "of-jenkins");

        assertThat(said.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(said.getMessage()).contains("with scope Global");
    }

    @Test
    void theTestButtonAsksWithTheOther() {
        FormValidation said = TaskboundConfiguration.get().doTestConnection("http://127.0.0.1:9", "of-builds");

        assertThat(said.getMessage()).contains("No answer from http://127.0.0.1:9");
    }
}
