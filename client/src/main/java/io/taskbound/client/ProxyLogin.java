// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The user and password for a proxy, sent with the first request and to the proxy alone. For https the JDK drops a
 * password in this form (Basic) unless the JVM runs with {@code -Djdk.http.auth.tunneling.disabledSchemes=} (with
 * nothing behind the equals sign). A secret: it never shows in {@link #toString}.
 */
public final class ProxyLogin {
    private final String header;

    private ProxyLogin(String header) {
        this.header = header;
    }

    /**
     * Refuses a user with a colon, which Basic cannot tell from the password, with {@link IllegalArgumentException}.
     */
    public static ProxyLogin of(String user, String password) {
        if (user.contains(":")) {
            throw new IllegalArgumentException("the proxy's user must have no colon");
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ProxyLogin("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** The value of {@code Proxy-Authorization}, for a client of your own; a secret, for the proxy alone. */
    public String header() {
        return header;
    }

    @Override
    public String toString() {
        return "ProxyLogin[secret]";
    }
}
