// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** The {@code providers:} entry of a policy for this controller, ready to copy. */
final class ProviderEntry {
    private ProviderEntry() {}

    /** @param rootUrl of Jenkins, with its slash */
    static String of(String rootUrl, @CheckForNull String issuer) {
        return String.join(
                "\n",
                "providers:",
                "  jenkins:",
                "    profile: jenkins",
                "    issuer: " + rootUrl + "oidc",
                "    audience: " + (issuer == null ? "https://tokens.acme.example" : issuer),
                "    # What " + rootUrl + "oidc/jwks answers. Leave this line out where the issuer can reach it:",
                "    jwks_file: jenkins.jwks.json");
    }
}
