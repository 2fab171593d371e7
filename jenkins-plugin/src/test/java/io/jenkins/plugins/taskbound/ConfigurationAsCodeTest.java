// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import org.junit.jupiter.api.Test;

@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeTest {
    @Test
    @ConfiguredWithCode("jenkins.yaml")
    void isRead(JenkinsConfiguredWithCodeRule jenkins) {
        TaskboundConfiguration configuration = TaskboundConfiguration.get();
        assertThat(configuration.getIssuer()).isEqualTo("https://tokens.acme.example");
        assertThat(configuration.getCredentialsId()).isEqualTo("taskbound");
        assertThat(configuration.getLifetime()).isEqualTo("10m");
        assertThat(configuration.getLease()).isEqualTo("30s");
        assertThat(configuration.getAllowedIssuers())
                .extracting(AllowedIssuer::getUrl)
                .containsExactly("https://other.acme.example");
    }

    /** What the policy's owner copies is no setting: it must not be written. */
    @Test
    @ConfiguredWithCode("jenkins.yaml")
    void isWrittenAsItWasRead(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        var context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(Util.toYamlString(Util.getUnclassifiedRoot(context).get("taskbound")))
                .isEqualTo("""
                    allowedIssuers:
                    - url: "https://other.acme.example"
                    credentialsId: "taskbound"
                    issuer: "https://tokens.acme.example"
                    lease: "30s"
                    lifetime: "10m"
                    """);
    }
}
