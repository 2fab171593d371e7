// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
    private static final String PROXY = "http://proxy.acme.example:3128";

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
    void goesThroughTheProxyOfTheVariable(String name) {
        var proxy = chosen(Map.of(name, PROXY), "https://tokens.acme.example/token");
        assertThat(proxy.type()).isEqualTo(Proxy.Type.HTTP);
        assertThat(proxy.address()).isEqualTo(InetSocketAddress.createUnresolved("proxy.acme.example", 3128));
    }

    @Test
    void takesAProxyWithoutAScheme() {
        assertThat(chosen(Map.of("HTTPS_PROXY", "proxy:8080"), "https://tokens.acme.example/")
                        .address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy", 8080));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokens.acme.example | https://tokens.acme.example/token",
                "TOKENS.acme.EXAMPLE | https://tokens.acme.example/token",
                "acme.example | https://tokens.acme.example/token",
                ".acme.example | https://tokens.acme.example/token",
                "other, .acme.example | https://tokens.acme.example/token",
                "tokens.acme.example:443 | https://tokens.acme.example/token",
                "* | https://tokens.acme.example/token",
                "other | http://127.0.0.1:8787/token",
                "other | http://localhost:8787/token"
            })
    void goesDirectlyWhereTheExceptionsSaySo(String exempt, String url) {
        assertThat(chosen(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", exempt), url))
                .isEqualTo(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.acme", "okens.acme.example", "tokens.acme.example:80", "acme", ".acme"})
    void doesNotTakeALikenessForAnException(String exempt) {
        assertThat(chosen(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", exempt), "https://tokens.acme.example/")
                        .type())
                .isEqualTo(Proxy.Type.HTTP);
    }

    @Test
    void leavesItToTheJvmWithoutTheVariable() {
        assertThat(EnvironmentProxies.of(context(Map.of()), new Faults())).isSameAs(ProxySelector.getDefault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://proxy:1080", "http://user:CANARY@proxy:3128", "http://", "http://a b"})
    void refusesAProxyThatItCannotUse(String proxy) {
        var faults = new Faults();
        EnvironmentProxies.of(context(Map.of("HTTPS_PROXY", proxy)), faults);
        assertThatThrownBy(faults::complainIfAny)
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("CANARY");
    }

    private static Proxy chosen(Map<String, String> environment, String url) {
        return EnvironmentProxies.of(context(environment), new Faults())
                .select(URI.create(url))
                .get(0);
    }

    private static CommandContext context(Map<String, String> environment) {
        return new CommandContext(
                System.out, System.err, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
    }
}
