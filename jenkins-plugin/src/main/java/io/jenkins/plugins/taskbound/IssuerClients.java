// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.ProxyConfiguration;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Transport;

/** Clients of issuers that go through the proxy of this controller. All of them share one HTTP client. */
final class IssuerClients {
    private static final IssuerClients SHARED = new IssuerClients();

    private String proxy = "";
    private Transport transport = through("");

    private IssuerClients() {}

    static IssuerClient at(IssuerUrl issuer) {
        return IssuerClient.builder(issuer).transport(SHARED.transport()).build();
    }

    /**
     * For calls that show an ID token.
     *
     * @param audience of the credential that makes it; whoever configured that says that this issuer expects it
     */
    static IssuerClient at(IssuerUrl issuer, String audience) {
        return IssuerClient.builder(issuer)
                .idTokenAudience(audience)
                .transport(SHARED.transport())
                .build();
    }

    /** Built again when an administrator changed the proxy: a JDK client keeps the settings that it was built with. */
    private synchronized Transport transport() {
        String now = settings();
        if (!now.equals(proxy)) {
            proxy = now;
            transport = through(now);
        }
        return transport;
    }

    private static Transport through(String ignored) {
        return HttpTransport.over(ProxyConfiguration.newHttpClientBuilder());
    }

    private static String settings() {
        ProxyConfiguration set = jenkins.model.Jenkins.get().getProxy();
        return set == null
                ? ""
                : set.getName()
                        + ' '
                        + set.getPort()
                        + ' '
                        + set.getUserName()
                        + ' '
                        + set.getNoProxyHost()
                        + ' '
                        + (set.getSecretPassword() == null
                                ? ""
                                : set.getSecretPassword().getEncryptedValue());
    }
}
