// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.local.people.Person;
import io.taskbound.local.people.StandInPeople;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An identity provider that answers any code with an ID token whose claims are changed, signed by its own key. */
final class TwistedPeople implements AutoCloseable {
    private static final Person SOMEBODY = Person.of("u-2", "octavia", "release-managers");

    private final StandInPeople signer = StandInPeople.start(List.of(SOMEBODY), Clock.systemUTC());
    private final HttpServer http;
    private final Consumer<Map<String, Object>> claims;
    private final Map<String, String> discovery;
    private final AtomicInteger discovered = new AtomicInteger();

    TwistedPeople(Consumer<Map<String, Object>> claims) throws IOException {
        this(claims, Map.of());
    }

    TwistedPeople(Consumer<Map<String, Object>> claims, Map<String, String> discovery) throws IOException {
        this.claims = claims;
        this.discovery = discovery;
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        this.http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** How often its discovery document was asked for. */
    int discovered() {
        return discovered.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> send(exchange, JSONObjectUtils.toJSONString(discovery()));
                case "/jwks" -> send(exchange, signer.jwks());
                default -> send(exchange, JSONObjectUtils.toJSONString(Map.of("id_token", idToken())));
            }
        }
    }

    private Map<String, Object> discovery() {
        var document = new LinkedHashMap<String, Object>();
        discovered.incrementAndGet();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + "/authorize");
        document.put("token_endpoint", issuer() + "/token");
        document.put("jwks_uri", issuer() + "/jwks");
        document.putAll(discovery);
        return document;
    }

    private String idToken() {
        var changed = new LinkedHashMap<>(signer.claims(SOMEBODY, "a-nonce"));
        changed.put("iss", issuer());
        claims.accept(changed);
        return signer.sign(changed);
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0);
        signer.close();
    }
}
