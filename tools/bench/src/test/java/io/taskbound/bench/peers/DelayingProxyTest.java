// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelayingProxyTest {
    private static final Duration DISTANCE = Duration.ofMillis(30);

    @Test
    void everyAnswerOfAConnectionComesSoMuchLater() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, 100_000);
                exchange.getResponseBody().write(new byte[100_000]);
            }
        });
        server.start();
        var target = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var proxy = new DelayingProxy(target, DISTANCE);
                var exchange = new HttpExchange(URI.create(proxy.endpoint()).getPort())) {
            for (int i = 0; i < 3; i++) {
                long took = exchange.ask(HttpExchange.request("/", "text/plain", new byte[20_000]));
                assertThat(Duration.ofNanos(took)).isGreaterThanOrEqualTo(DISTANCE);
            }
        } finally {
            server.stop(0);
        }
    }
}
