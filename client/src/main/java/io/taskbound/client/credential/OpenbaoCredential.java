// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A client token of OpenBao or HashiCorp Vault. */
public final class OpenbaoCredential implements Credential {
    private final String token;
    private final URI address;
    private final Optional<String> namespace;
    private final Instant expiresAt;
    private final boolean refreshed;

    OpenbaoCredential(String token, URI address, Optional<String> namespace, Instant expiresAt, boolean refreshed) {
        this.token = token;
        this.address = address;
        this.namespace = namespace;
        this.expiresAt = expiresAt;
        this.refreshed = refreshed;
    }

    /** The secret. */
    public String token() {
        return token;
    }

    /** Where it is good. */
    public URI address() {
        return address;
    }

    /** In which namespace of it. */
    public Optional<String> namespace() {
        return namespace;
    }

    @Override
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean refreshed() {
        return refreshed;
    }

    @Override
    public List<String> secrets() {
        return List.of(token);
    }

    @Override
    public String toString() {
        return "OpenbaoCredential[" + address + ", expires " + expiresAt + "]";
    }
}
