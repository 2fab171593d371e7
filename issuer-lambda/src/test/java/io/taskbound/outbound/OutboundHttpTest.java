// SPDX-License-Identifier: Apache-2.0
package io.taskbound.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskbound.identity.FetchPolicy;
import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bounds of a call are; its use with whole services is tested with them. */
class OutboundHttpTest {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private final OutboundHttp http = new OutboundHttp(FetchPolicy.WITH_LOOPBACK);

    private static CallFailed failed(OutboundHttp http, Call call) {
        return catchThrowableOfType(CallFailed.class, () -> http.send(call, WITHIN));
    }

    @Test
    void aRequestThatChangesSomethingIsSentOnceAlthoughNoAnswerComes() throws Exception {
        var connections = new AtomicInteger();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var serving = CompletableFuture.runAsync(() -> {
                try {
                    while (true) {
                        try (var connection = server.accept()) {
                            connections.incrementAndGet();
                            assertThat(connection.getInputStream().read()).isPositive();
                        }
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            var uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x");
            var failure = failed(http, Call.post(uri, "application/json", "{}".getBytes(UTF_8)));
            assertThat(failure).hasMessage("the connection broke before a whole answer");
            assertThat(failure.sent()).isTrue();
            assertThat(connections).hasValue(1);
            server.close();
            serving.join();
        }
    }

    @Test
    void whatNobodyListensToWasNotSent() throws IOException {
        var failure = failed(http, Call.get(URI.create("http://127.0.0.1:" + OwnPort.find())));
        assertThat(failure.sent()).isFalse();
    }

    @Test
    void withoutTimeNothingIsSent() {
        var call = Call.get(URI.create("http://127.0.0.1:1"));
        assertThat(catchThrowableOfType(CallFailed.class, () -> http.send(call, Duration.ZERO))
                        .sent())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://192.0.2.1/x", "https://127.0.0.1/x", "https://10.1.2.3/x", "https://169.254.169.254/"})
    void aDeployedIssuerCallsNoPrivateAddressAndNothingInClear(String url) {
        var deployed = new OutboundHttp(new FetchPolicy(false, Set.of("ghe.internal.example")));
        assertThat(failed(deployed, Call.get(URI.create(url)))).hasMessageMatching(".*(private address|only https).*");
    }

    @Test
    void aProxyIsForHttpsAlone() {
        var proxies = ProxySelector.of(new InetSocketAddress("127.0.0.1", 1));
        var through = OutboundHttp.through(FetchPolicy.WITH_LOOPBACK, proxies, () -> new Authenticator() {});
        assertThat(failed(through, Call.get(URI.create("http://example.com/"))))
                .hasMessage("through a proxy, only https is spoken");
        assertThat(failed(through, Call.get(URI.create("https://example.com/"))))
                .hasMessageStartingWith("no connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary\r\nX-Other: 1", "canary\n", "canaryé"})
    void aHeaderHasOneLineAndIsNotRepeated(String value) {
        var call = Call.get(URI.create("https://example.com/"));
        assertThatThrownBy(() -> call.header("Authorization", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
        assertThat(call.header("Authorization", "canary").toString()).doesNotContain("canary");
    }
}
