// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.token.SigningKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The issuer's public documents on loopback, for services that fetch its keys by themselves. */
public final class PublishedIssuer implements AutoCloseable {
    private final HttpServer server;

    public PublishedIssuer(SigningKeys keys) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> send(exchange, Metadata.of(url())));
        server.createContext("/.well-known/jwks.json", exchange -> send(exchange, keys.published()));
        server.start();
    }

    /** {@code iss} of what the keys sign. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void send(HttpExchange exchange, JsonObject document) throws IOException {
        var body = JsonText.of(document).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
