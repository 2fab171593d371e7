// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.proxy;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.ProxyLogin;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names, read as curl does ({@code contract/proxies.json}): {@code https_proxy},
 * {@code http_proxy}, {@code all_proxy} and {@code no_proxy}; all but the second also in capitals, since a web server
 * sets that one from a header. The JVM's own settings where there is none. Loopback is never asked for through a proxy.
 */
public final class EnvironmentProxies extends ProxySelector {
    /** What the JDK knows under this name: schemes in which it sends no password to a proxy of a tunnel. */
    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private final CommandContext context;
    private final ProxyExemptions exemptions;

    private EnvironmentProxies(CommandContext context) {
        this.context = context;
        this.exemptions = ProxyExemptions.of(
                first("no_proxy", "NO_PROXY").map(Named::text).orElse(""));
    }

    public static EnvironmentProxies of(CommandContext context) {
        return new EnvironmentProxies(context);
    }

    /**
     * Lets this process send a password to a proxy: the JDK does not by default, and reads this only once, before the
     * first request. Whoever wrote the password into the variable wants it sent.
     */
    public static void allowLogins() {
        if (System.getProperty(DISABLED_SCHEMES) == null) {
            System.setProperty(DISABLED_SCHEMES, "");
        }
    }

    /** A variable with its text. */
    private record Named(String variable, String text) {}

    /** Through them. */
    public HttpTransport transport() {
        return HttpTransport.through(this, this::login);
    }

    /** Whether a request to this address goes through none. */
    public boolean isDirect(URI uri) {
        return select(uri).stream().allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
    }

    /** Why the proxy for this address cannot be used, as a sentence that does not show it. */
    public Optional<String> fault(URI uri) {
        return named(uri)
                .filter(named -> NamedProxy.parse(named.text()).isEmpty())
                .map(named -> named.variable() + " is not a proxy that can be used: write it like"
                        + " http://proxy.acme.example:3128 or http://USER:PASSWORD@proxy.acme.example:3128.");
    }

    Optional<ProxyLogin> login(URI uri) {
        return proxy(uri).flatMap(NamedProxy::login);
    }

    /** What a request to this address has to carry as {@code Proxy-Authorization}; a secret, for the proxy alone. */
    public Optional<String> authorization(URI uri) {
        return login(uri).map(ProxyLogin::header);
    }

    /**
     * User and password for one request of the JDK's older HTTP client, which waits to be asked for them, and asks
     * again twenty times if they are wrong: by then the account may be locked.
     */
    public Authenticator login() {
        return new Authenticator() {
            private boolean told;

            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                boolean again = told;
                told = true;
                return !again && getRequestorType() == RequestorType.PROXY
                        ? proxy(URI.create(getRequestingURL().toString()))
                                .flatMap(NamedProxy::account)
                                .orElse(null)
                        : null;
            }
        };
    }

    @Override
    public List<Proxy> select(URI uri) {
        var proxy = proxy(uri).map(found -> new Proxy(Proxy.Type.HTTP, found.address()));
        if (proxy.isPresent()) {
            return List.of(proxy.get());
        }
        boolean isNamed = variable(uri).isPresent();
        return isNamed || Loopback.isLoopback(uri)
                ? List.of(Proxy.NO_PROXY)
                : ProxySelector.getDefault().select(uri);
    }

    private Optional<NamedProxy> proxy(URI uri) {
        // Whoever asks has looked for a fault before.
        return named(uri).map(named -> NamedProxy.parse(named.text()).orElseThrow());
    }

    private Optional<Named> named(URI uri) {
        return Loopback.isLoopback(uri) || exemptions.cover(uri) ? Optional.empty() : variable(uri);
    }

    private Optional<Named> variable(URI uri) {
        return ("https".equals(uri.getScheme().toLowerCase(Locale.ROOT))
                        ? first("https_proxy", "HTTPS_PROXY")
                        : first("http_proxy"))
                .or(() -> first("all_proxy", "ALL_PROXY"));
    }

    private Optional<Named> first(String... names) {
        return Stream.of(names)
                .flatMap(name -> context.variable(name).map(text -> new Named(name, text.strip())).stream())
                .filter(named -> !named.text().isEmpty())
                .findFirst();
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException fault) {
        // Nothing to do: there is no other proxy to try, and the call says what happened.
    }
}
