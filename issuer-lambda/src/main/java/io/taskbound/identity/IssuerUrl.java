// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** URLs that may name an issuer or its keys: https with a host and nothing hidden; plain http on loopback only. */
final class IssuerUrl {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private IssuerUrl() {}

    static Optional<String> flaw(String text, boolean queryAllowed) {
        try {
            return flaw(new URI(text), queryAllowed);
        } catch (URISyntaxException notAUrl) {
            return Optional.of("is not a URL");
        }
    }

    private static Optional<String> flaw(URI uri, boolean queryAllowed) {
        if (uri.getHost() == null || uri.getScheme() == null) {
            return Optional.of("is not an absolute URL with a host");
        }
        boolean loopbackHttp = uri.getScheme().equals("http") && LOOPBACK.contains(uri.getHost());
        if (!uri.getScheme().equals("https") && !loopbackHttp) {
            return Optional.of("must begin with https:// (http:// on loopback only)");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.of("must have no user and no fragment");
        }
        return uri.getRawQuery() != null && !queryAllowed ? Optional.of("must have no query") : Optional.empty();
    }

    /**
     * Scheme, host and port: keys found by discovery are fetched from the issuer's own origin only (threat model R36).
     */
    static boolean sameOrigin(URI one, URI other) {
        return String.valueOf(one.getScheme()).equals(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
