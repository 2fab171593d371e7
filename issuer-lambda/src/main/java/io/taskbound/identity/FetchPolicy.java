// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        var objection = objection(uri);
        if (objection.isPresent()) {
            throw new KeysOutOfReach(objection.get(), words(objection.get()));
        }
    }

    private static String words(KeyTrouble.Kind objection) {
        return switch (objection) {
            case ADDRESS_CACHE ->
                "the JVM keeps no addresses (networkaddress.cache.ttl is 0), so that none can be checked";
            case PRIVATE_ADDRESS ->
                "the host has a private address: an issuer on AWS must be told so (PrivateProviderHosts), or pin"
                        + " the keys with jwks_file";
            default -> "keys are fetched over https only (plain http on loopback for serve)";
        };
    }

    /**
     * Why nothing may be fetched from there: {@code NOT_HTTPS}, also for what is no absolute URL,
     * {@code PRIVATE_ADDRESS} or {@code ADDRESS_CACHE}; empty when it may. Looks the host up.
     */
    public Optional<KeyTrouble.Kind> objection(URI uri) throws UnknownHostException {
        if (uri.getHost() == null || uri.getScheme() == null) {
            return Optional.of(KeyTrouble.Kind.NOT_HTTPS);
        }
        if (!keepsAddresses(
                Security.getProperty("networkaddress.cache.ttl"), System.getProperty("sun.net.inetaddr.ttl"))) {
            return Optional.of(KeyTrouble.Kind.ADDRESS_CACHE);
        }
        return Stream.of(InetAddress.getAllByName(uri.getHost()))
                .flatMap(address -> objection(uri, address).stream())
                .findFirst();
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

    private Optional<KeyTrouble.Kind> objection(URI uri, InetAddress address) {
        boolean onLoopback = loopback && address.isLoopbackAddress();
        if (!uri.getScheme().equals("https") && !(onLoopback && uri.getScheme().equals("http"))) {
            return Optional.of(KeyTrouble.Kind.NOT_HTTPS);
        }
        boolean named = privateHosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
        return PrivateAddress.is(address) && !onLoopback && !named
                ? Optional.of(KeyTrouble.Kind.PRIVATE_ADDRESS)
                : Optional.empty();
    }
}
