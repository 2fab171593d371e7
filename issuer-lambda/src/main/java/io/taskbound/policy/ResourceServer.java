// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.ServerName;
import java.util.List;
import java.util.Optional;

/**
 * A service that tasks act on, as the policy describes it.
 *
 * @param name its client id at the issuer
 * @param audience what tokens for it carry as {@code aud}; unique in the policy
 * @param clientSecretHashes lower-case hex SHA-256 of its active secrets, at most two, so that one can be replaced
 * @param proof whether its tokens are bound to a key
 * @param delivery how the issuer serves it itself, where it is of such a kind
 */
public record ResourceServer(
        ServerName name,
        String audience,
        Checks checks,
        List<String> clientSecretHashes,
        TokenType typ,
        KeyProof proof,
        Optional<Delivery> delivery) {
    public ResourceServer {
        clientSecretHashes = List.copyOf(clientSecretHashes);
    }

    // Plain code, since the JDK would make its own in a cold start.
    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceServer server
                && name.equals(server.name)
                && audience.equals(server.audience)
                && checks == server.checks
                && clientSecretHashes.equals(server.clientSecretHashes)
                && typ == server.typ
                && proof == server.proof
                && delivery.equals(server.delivery);
    }

    /** Names are unique in a policy. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
