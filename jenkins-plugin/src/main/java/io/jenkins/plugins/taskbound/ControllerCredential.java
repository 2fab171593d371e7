// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The credential of the system store that builds of every folder find; only for the administrator's page. */
final class ControllerCredential {
    private ControllerCredential() {}

    static Optional<IdTokenStringCredentials> find(@CheckForNull String id) {
        if (id == null) {
            return Optional.empty();
        }
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        IdTokenStringCredentials.class, Jenkins.get(), ACL.SYSTEM2)
                .stream()
                .filter(CredentialsMatchers.allOf(CredentialsMatchers.withId(id), BuildIdentity.FOR_BUILDS)::matches)
                .findFirst();
    }
}
