// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.digest.Sha256;
import io.taskbound.policy.Policy;
import io.taskbound.policy.ResourceServer;
import io.taskbound.task.ServerName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** A resource server's client id and secret as presented (RFC 6749 section 2.3.1); the secret is never shown. */
public final class ServerCredentials {
    /** What an unknown client is compared with, so that it takes as long as a known one. */
    private static final List<String> NOBODY = List.of("0".repeat(64));

    private final String clientId;
    private final String secret;

    public ServerCredentials(String clientId, String secret) {
        this.clientId = clientId;
        this.secret = secret;
    }

    /** The resource server that these credentials belong to; empty for an unknown name as for a wrong secret. */
    Optional<ResourceServer> authenticate(Policy policy) {
        var server = server(policy);
        var known = server.map(ResourceServer::clientSecretHashes).orElse(NOBODY);
        var presented = Sha256.hex(secret);
        boolean matches = false;
        for (var hash : known) {
            // no early way out: the time must not tell which of two secrets is active
            matches |= MessageDigest.isEqual(ascii(hash), ascii(presented));
        }
        return matches ? server : Optional.empty();
    }

    /** The server of the policy that has this name, whoever gives it. */
    Optional<ServerName> named(Policy policy) {
        return server(policy).map(ResourceServer::name);
    }

    private Optional<ResourceServer> server(Policy policy) {
        return Optional.of(clientId)
                .filter(ServerName::isValid)
                .map(ServerName::new)
                .flatMap(policy::server);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "ServerCredentials[secret]";
    }
}
