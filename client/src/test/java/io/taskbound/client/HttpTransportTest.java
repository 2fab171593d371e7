// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/elsewhere") ? 200 : 307, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aHostsClientFollowsNoRedirectHere() throws IOException {
        HttpClient.Builder eager = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS);
        assertThat(HttpTransport.over(eager)
                        .send(request("http://127.0.0.1:" + server.getAddress().getPort()))
                        .status())
                .isEqualTo(307);
    }

    @Test
    void aHostsClientKeepsItsProxy() throws IOException {
        HttpClient.Builder proxied = HttpClient.newBuilder().proxy(ProxySelector.of(server.getAddress()));
        // Nobody answers under that name: only the proxy knows it.
        assertThat(HttpTransport.over(proxied)
                        .send(request("http://tokens.acme.example"))
                        .status())
                .isEqualTo(307);
    }

    @Test
    void aServerThatHangsOverAQuestionWasReached() throws IOException {
        try (var issuer = new IssuerStandIn()) {
            issuer.playing(issuer.hang());
            var question = new TransportRequest(
                    URI.create(issuer.url() + "/id"), Map.of(), new byte[0], Duration.ofSeconds(1), 1024);
            assertThatThrownBy(() -> HttpTransport.create().send(question))
                    .isInstanceOf(HttpTimeoutException.class)
                    .isNotInstanceOf(HttpConnectTimeoutException.class);
        }
    }

    private static TransportRequest request(String origin) {
        return new TransportRequest(
                URI.create(origin + "/token"), Map.of(), new byte[] {'x'}, Duration.ofSeconds(5), 1024);
    }
}
