// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.run.TunnelProxy;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.identity.KeyFetcher;
import io.taskbound.identity.KeysOutOfReach;
import io.taskbound.identity.PrivateCa;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.StandInTls;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which way {@code serve} takes to a provider's keys. */
class KeyFetchingTest {
    private static final URI KEYS = URI.create("https://keys.acme.invalid/jwks");
    private static final int MOST_TRIES = 5;

    private static byte[] get(URI uri, Optional<PrivateCa> ca, Map<String, String> environment) throws Exception {
        var quiet = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var context =
                new CommandContext(quiet, quiet, InputStream.nullInputStream(), environment, false, Clock.systemUTC());
        return askingAgain(KeyFetching.of(context), uri, ca);
    }

    /**
     * The JVM's first TLS handshake can take longer than a fetch may on a machine that is busy; then keys are asked for
     * again.
     */
    private static byte[] askingAgain(KeyFetcher fetcher, URI uri, Optional<PrivateCa> ca) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return fetcher.get(uri, ca);
            } catch (KeysOutOfReach late) {
                if (tries == MOST_TRIES || !late.getMessage().contains("no whole answer within")) {
                    throw late;
                }
            }
        }
    }

    @Test
    void leadsThroughTheProxyThatTheEnvironmentNamesAndLeavesTheLookUpToIt() throws Exception {
        var tls = StandInTls.generate(KEYS.getHost());
        var setup = StandInProvider.Setup.of(Dialect.GITHUB, Clock.systemUTC());
        try (var provider = StandInProvider.start(setup.tls(tls));
                var proxy = new TunnelProxy(
                        URI.create(provider.issuer()).getPort(), Optional.empty(), nth -> Optional.empty())) {
            var keys = get(
                    KEYS,
                    Optional.of(new PrivateCa(tls.pem())),
                    Map.of("https_proxy", "http://127.0.0.1:" + proxy.port()));

            assertThat(new String(keys, StandardCharsets.UTF_8)).isEqualTo(provider.jwks());
            assertThat(proxy.asked()).containsOnly("CONNECT keys.acme.invalid:443 HTTP/1.1");
        }
    }

    @Test
    void leadsPastTheProxyForAnExemptHostAndForLoopback() throws Exception {
        try (var proxy = new TunnelProxy(1, Optional.empty(), nth -> Optional.of("403 No"));
                var provider = StandInProvider.start(Clock.systemUTC())) {
            var environment = Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port(), "NO_PROXY", "*.acme.invalid,x");

            assertThatThrownBy(() -> get(KEYS, Optional.empty(), environment)).hasMessageContaining("no such host");
            assertThat(get(URI.create(provider.jwksUri()), Optional.empty(), environment))
                    .isNotEmpty();
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void isNoneIfTheProxyRefuses() throws Exception {
        try (var proxy = new TunnelProxy(1, Optional.empty(), nth -> Optional.of("403 No"))) {
            assertThatThrownBy(() ->
                            get(KEYS, Optional.empty(), Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())))
                    .hasMessageContaining("the proxy does not let us through");
        }
    }

    /** And only where it would be needed. */
    @Test
    void isNoneIfTheVariableMakesNoSense() {
        var environment = Map.of("HTTPS_PROXY", "socks5://127.0.0.1:1080");

        assertThatThrownBy(() -> get(KEYS, Optional.empty(), environment))
                .hasMessageContaining("HTTPS_PROXY is not a proxy that can be used");
        assertThatThrownBy(() ->
                        get(KEYS, Optional.empty(), Map.of("HTTPS_PROXY", "socks5://127.0.0.1:1080", "NO_PROXY", "*")))
                .hasMessageContaining("no such host");
    }
}
