// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How a resource server proves itself at introspect and redeem: its name in the policy and the secret that
 * {@code taskbound policy secret} made (RFC 6749 section 2.3.1). The secret never shows in {@link #toString}.
 */
public final class ServerCredentials {
    private final String clientId;
    private final String secret;

    private ServerCredentials(String clientId, String secret) {
        this.clientId = clientId;
        this.secret = secret;
    }

    /**
     * Refuses with {@link IllegalArgumentException} what cannot be either; the message never repeats the secret.
     *
     * @param clientId the resource server's name in the policy
     */
    public static ServerCredentials of(String clientId, String secret) {
        if (!clientId.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException("client id must be a resource server's name: [a-z0-9-]{1,32}");
        }
        return new ServerCredentials(clientId, SecretText.checked("client secret", secret));
    }

    String basicHeader() {
        String pair = encoded(clientId) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    String secret() {
        return secret;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ServerCredentials[" + clientId + ", secret]";
    }
}
