// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.RedeemAnswer;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Use;

/** A service that acts for the holder of a token: before it does, it redeems the token at the issuer. */
final class ResourceServer {
    private final IssuerClient client;
    private final ServerCredentials credentials;

    ResourceServer(IssuerClient client, ServerCredentials credentials) {
        this.client = client;
        this.credentials = credentials;
    }

    /** Asks for one use of the token, each call for another one. */
    RedeemAnswer redeem(TaskToken token, String action, String identifier) {
        return client.redeem(credentials, token, Use.once(action, identifier));
    }
}
