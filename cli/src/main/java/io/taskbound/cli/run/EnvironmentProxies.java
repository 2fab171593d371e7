// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxy that {@code HTTPS_PROXY} and {@code NO_PROXY} name (lower case too), as other tools of a CI job read them.
 * A user and password in it are not supported; loopback is never asked for through a proxy.
 */
final class EnvironmentProxies extends ProxySelector {
    private static final int DEFAULT_PORT = 80;

    private final Proxy proxy;
    private final List<String> exempt;

    private EnvironmentProxies(Proxy proxy, List<String> exempt) {
        this.proxy = proxy;
        this.exempt = List.copyOf(exempt);
    }

    /** The JVM's own settings where the variable is not set; a fault where it makes no sense. */
    static ProxySelector of(CommandContext context, Faults faults) {
        var named = either(context, "HTTPS_PROXY");
        var address = named.flatMap(EnvironmentProxies::address);
        faults.addUnless(
                named.isEmpty() || address.isPresent(),
                "HTTPS_PROXY is not a proxy: write it like http://proxy.acme.example:3128, without user and password.");
        return address.<ProxySelector>map(
                        where -> new EnvironmentProxies(new Proxy(Proxy.Type.HTTP, where), exempt(context)))
                .orElseGet(ProxySelector::getDefault);
    }

    private static Optional<String> either(CommandContext context, String name) {
        return context.variable(name).or(() -> context.variable(name.toLowerCase(Locale.ROOT)));
    }

    private static List<String> exempt(CommandContext context) {
        return Arrays.stream(either(context, "NO_PROXY")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static Optional<InetSocketAddress> address(String text) {
        try {
            var uri = URI.create(text.contains("://") ? text : "http://" + text);
            boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null && "http".equals(uri.getScheme());
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return plain ? Optional.of(InetSocketAddress.createUnresolved(uri.getHost(), port)) : Optional.empty();
        } catch (IllegalArgumentException noUrl) {
            return Optional.empty();
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        boolean direct = Loopback.isLoopback(uri) || exempt.stream().anyMatch(entry -> covers(entry, uri));
        return List.of(direct ? Proxy.NO_PROXY : proxy);
    }

    private static boolean covers(String entry, URI uri) {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        var name = entry.startsWith(".") ? entry.substring(1) : entry;
        int port = uri.getPort() < 0 ? 443 : uri.getPort();
        return entry.equals("*")
                || host.equals(name)
                || host.endsWith("." + name)
                || (host + ":" + port).equals(name)
                || (host + ":" + port).endsWith("." + name);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException fault) {
        // Nothing to do: there is no other proxy to try, and the call says what happened.
    }
}
