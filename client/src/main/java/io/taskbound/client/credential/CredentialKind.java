// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of credentials that this version knows. */
public enum CredentialKind {
    /** An installation token of a GitHub App. */
    GITHUB_APP("github-app"),
    /** A session of an AWS role. */
    AWS_ROLE("aws-role"),
    /** A client token of OpenBao or HashiCorp Vault. */
    OPENBAO("openbao");

    private final String wire;

    CredentialKind(String wire) {
        this.wire = wire;
    }

    /** As the issuer writes it in {@code credential_kind}. */
    public String wire() {
        return wire;
    }

    /** Empty for a kind that this version does not know. */
    public static Optional<CredentialKind> of(String wire) {
        return Stream.of(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
    }
}
