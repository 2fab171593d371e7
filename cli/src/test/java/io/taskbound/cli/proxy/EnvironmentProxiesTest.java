// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.run.UnsignedJwt;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.client.ProxyLogin;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** contract/proxies.json, as the action reads it too. */
class EnvironmentProxiesTest {
    static Stream<Arguments> cases() throws Exception {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        return StrictJson.parseObject(Files.readAllBytes(root.resolve("contract/proxies.json")))
                .array("cases")
                .orElseThrow()
                .items()
                .stream()
                .map(JsonObject.class::cast)
                .map(one -> Arguments.of(Named.of(one.string("name").orElseThrow(), one)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void goesThroughTheProxyThatTheTableSays(JsonObject vector) {
        var url = URI.create(vector.string("url").orElseThrow());
        var proxies = EnvironmentProxies.of(context(environment(vector)));
        boolean faulty =
                vector.bool("fault").orElse(false) || vector.bool("action_only").orElse(false);

        assertThat(proxies.fault(url).isPresent()).isEqualTo(faulty);
        if (!faulty) {
            assertThat(proxies.select(url)).containsExactly(expected(vector));
            assertThat(proxies.login(url).map(ProxyLogin::toString))
                    .isEqualTo(vector.string("login").map(any -> "ProxyLogin[secret]"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhichVariableCannotBeUsedAndDoesNotShowIt(JsonObject vector) {
        var url = URI.create(vector.string("url").orElseThrow());
        var environment = environment(vector);
        EnvironmentProxies.of(context(environment)).fault(url).ifPresent(fault -> {
            var variable = fault.split(" ")[0];
            assertThat(environment).containsKey(variable);
            assertThat(fault)
                    .isEqualTo(variable + " is not a proxy that can be used: write it like"
                            + " http://proxy.acme.example:3128 or http://USER:PASSWORD@proxy.acme.example:3128.");
        });
    }

    @Test
    void leavesItToTheJvmWithoutAVariable() {
        var url = URI.create("https://tokens.acme.example/");
        assertThat(EnvironmentProxies.of(context(Map.of())).select(url))
                .isEqualTo(ProxySelector.getDefault().select(url));
    }

    @Test
    void aProxyThatCannotBeUsedIsAFaultOfTheCommandLineUnlessTheIssuerNeedsNone() {
        var environment = new HashMap<>(Map.of(
                "TASKBOUND_ISSUER", "https://tokens.invalid",
                "TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience("https://elsewhere.example"),
                "HTTPS_PROXY", "socks5://CANARY:1080"));
        var line = new String[] {"run", "--task", "deploy", "--identifier", "env:production", "--dry-run"};
        var ran = Ran.with(environment, "", line);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("HTTPS_PROXY is not a proxy that can be used")
                .doesNotContain("CANARY");
        environment.put("NO_PROXY", "invalid");
        assertThat(Ran.with(environment, "", line).code()).isEqualTo(1);
    }

    private static Proxy expected(JsonObject vector) {
        Optional<URI> through = vector.string("through").map(URI::create);
        return through.map(uri -> new Proxy(Proxy.Type.HTTP, address(uri.getRawAuthority())))
                .orElse(Proxy.NO_PROXY);
    }

    private static InetSocketAddress address(String authority) {
        int mark = authority.lastIndexOf(':');
        var host = authority.substring(0, mark).replaceAll("[\\[\\]]", "");
        return InetSocketAddress.createUnresolved(host, Integer.parseInt(authority.substring(mark + 1)));
    }

    private static Map<String, String> environment(JsonObject vector) {
        var environment = new HashMap<String, String>();
        vector.object("env")
                .orElseThrow()
                .members()
                .forEach((name, value) -> environment.put(name, ((JsonString) value).value()));
        return environment;
    }

    private static CommandContext context(Map<String, String> environment) {
        return new CommandContext(
                System.out, System.err, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
    }
}
