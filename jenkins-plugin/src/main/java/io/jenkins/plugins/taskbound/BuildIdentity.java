// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import io.taskbound.client.IdToken;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;

/** Who a build is: makes its ID tokens with a credential that the build may use, in its own folder scope. */
final class BuildIdentity {
    /** A credential of scope System is Jenkins' own: no build finds it. */
    static final CredentialsMatcher FOR_BUILDS =
            CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM));

    private final IdTokenStringCredentials mine;
    private final String audience;

    private BuildIdentity(IdTokenStringCredentials mine, String issuer) {
        this.mine = mine;
        this.audience = mine.getAudience() == null ? issuer : mine.getAudience();
    }

    /**
     * Fails with one sentence where the build may use no such credential.
     *
     * @param issuer the audience of a credential that names none
     */
    static BuildIdentity of(Run<?, ?> run, String credentialsId, String issuer) throws AbortException {
        if (Jenkins.get().getRootUrl() == null) {
            throw new AbortException(
                    "Jenkins does not know its own URL. Set it under Manage Jenkins, System, Jenkins Location");
        }
        IdTokenStringCredentials found =
                CredentialsProvider.findCredentialById(credentialsId, IdTokenStringCredentials.class, run, List.of());
        if (found == null) {
            throw new AbortException(notFound(run, credentialsId));
        }
        CredentialsProvider.track(run, found);
        return new BuildIdentity(found, issuer);
    }

    private static String notFound(Run<?, ?> run, String credentialsId) {
        boolean otherType =
                CredentialsProvider.findCredentialById(credentialsId, StandardCredentials.class, run, List.of())
                        != null;
        return otherType
                ? "The credential '" + credentialsId + "' has the wrong type: it must be an OpenID Connect id token"
                : "This build cannot find the credential '" + credentialsId
                        + "'. It must be an OpenID Connect id token in this folder, a folder above it, or the system"
                        + " store";
    }

    /**
     * For one task instance: two branches of one second would else hold the same ID token, and one of them be a replay.
     */
    IdToken forTask(UUID txn) throws AbortException {
        return with(audience + "#" + txn);
    }

    /** Whom its ID tokens are for. */
    String audience() {
        return audience;
    }

    /** For closing tokens of this build. */
    IdToken forClosing() throws AbortException {
        return with(audience);
    }

    private IdToken with(String wanted) throws AbortException {
        // Jenkins gave a copy for this build: the audience of the stored credential stays as it is.
        mine.setAudience(wanted);
        try {
            return IdToken.of(mine.getSecret().getPlainText());
        } catch (RuntimeException e) {
            throw new AbortException("Jenkins could not create an ID token with the credential '" + mine.getId() + "': "
                    + e.getMessage());
        }
    }
}
