// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.identity.KeyFetcher;
import io.taskbound.outbound.OutboundHttp;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/**
 * How {@code serve} fetches providers' keys and calls foreign services: through the proxies that the environment names,
 * as {@code run} does.
 */
final class KeyFetching {
    private KeyFetching() {}

    static KeyFetcher of(CommandContext context) {
        EnvironmentProxies.allowLogins();
        var proxies = EnvironmentProxies.of(context);
        return HttpKeyFetcher.through(FetchPolicy.WITH_LOOPBACK, new Usable(proxies), proxies::login);
    }

    /** The same for services whose credentials are handed out. */
    static OutboundHttp services(CommandContext context) {
        EnvironmentProxies.allowLogins();
        var proxies = EnvironmentProxies.of(context);
        return OutboundHttp.through(FetchPolicy.WITH_LOOPBACK, new Usable(proxies), proxies::login);
    }

    /** Tells of a variable that makes no sense only when a provider's host needs it. */
    private static final class Usable extends ProxySelector {
        private final EnvironmentProxies proxies;

        Usable(EnvironmentProxies proxies) {
            this.proxies = proxies;
        }

        @Override
        public List<Proxy> select(URI uri) {
            proxies.fault(uri).ifPresent(fault -> {
                throw new IllegalArgumentException(fault.replaceFirst("\\.$", ""));
            });
            return proxies.select(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException fault) {
            proxies.connectFailed(uri, address, fault);
        }
    }
}
