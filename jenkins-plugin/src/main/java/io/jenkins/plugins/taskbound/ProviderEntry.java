// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.util.Optional;

/**
 * The {@code providers:} entry of a policy for this controller, ready to copy. A credential may have an issuer and an
 * audience of its own.
 */
final class ProviderEntry {
    private final String jwtIssuer;
    private final String audience;

    /**
     * @param rootUrl of Jenkins, with its slash
     * @param issuer of task tokens: the audience where the credential names none
     */
    ProviderEntry(String rootUrl, @CheckForNull String issuer, Optional<IdTokenStringCredentials> credential) {
        this.jwtIssuer = credential.map(IdTokenStringCredentials::getIssuer).orElse(rootUrl + "oidc");
        this.audience = credential
                .map(IdTokenStringCredentials::getAudience)
                .orElse(issuer == null ? "https://tokens.acme.example" : issuer);
    }

    /** Where this controller's keys are published. */
    String keysUrl() {
        return jwtIssuer + "/jwks";
    }

    String text() {
        return String.join(
                "\n",
                "providers:",
                "  jenkins:",
                "    profile: jenkins",
                "    issuer: " + jwtIssuer,
                "    audience: " + audience,
                "    # Download it from " + keysUrl() + ". Leave this line out if the issuer can reach that URL:",
                "    jwks_file: jenkins.jwks.json");
    }
}
