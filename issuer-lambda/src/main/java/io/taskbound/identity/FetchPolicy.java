// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.Security;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts keys may be fetched from (threat model R11, CWE-918): public addresses over https always; loopback, also
 * over plain http, for development; private addresses only if the host is named.
 */
public record FetchPolicy(boolean loopback, Set<String> privateHosts) {
    public static final FetchPolicy PUBLIC = new FetchPolicy(false, Set.of());
    public static final FetchPolicy WITH_LOOPBACK = new FetchPolicy(true, Set.of());

    public FetchPolicy {
        privateHosts = privateHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    void check(URI uri) throws IOException {
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw new KeysOutOfReach(KeyTrouble.Kind.NOT_HTTPS, "the address is not an absolute URL");
        }
        if (!keepsAddresses(
                Security.getProperty("networkaddress.cache.ttl"), System.getProperty("sun.net.inetaddr.ttl"))) {
            throw new KeysOutOfReach(
                    KeyTrouble.Kind.ADDRESS_CACHE,
                    "the JVM keeps no addresses (networkaddress.cache.ttl is 0), so that none can be checked");
        }
        for (var address : InetAddress.getAllByName(uri.getHost())) {
            check(uri, address);
        }
    }

    /** For what somebody else looks up and connects to. */
    static void requireHttps(URI uri) throws KeysOutOfReach {
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new KeysOutOfReach(KeyTrouble.Kind.NOT_HTTPS, "through a proxy, keys are fetched over https only");
        }
    }

    /**
     * Whether the connection that is made next goes to the address that is checked here. The JDK keeps a name's
     * addresses for 30 s, unless it is told to keep none: then a name may have another one a moment later (DNS
     * rebinding).
     */
    static boolean keepsAddresses(@Nullable String ttl, @Nullable String olderTtl) {
        return !"0".equals(ttl == null ? olderTtl : ttl);
    }

    private void check(URI uri, InetAddress address) throws IOException {
        boolean onLoopback = loopback && address.isLoopbackAddress();
        if (!uri.getScheme().equals("https") && !(onLoopback && uri.getScheme().equals("http"))) {
            throw new KeysOutOfReach(
                    KeyTrouble.Kind.NOT_HTTPS, "keys are fetched over https only (plain http on loopback for serve)");
        }
        boolean named = privateHosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
        if (PrivateAddress.is(address) && !onLoopback && !named) {
            throw new KeysOutOfReach(
                    KeyTrouble.Kind.PRIVATE_ADDRESS,
                    "the host has a private address: an issuer on AWS must be told so (PrivateProviderHosts), or pin"
                            + " the keys with jwks_file");
        }
    }
}
