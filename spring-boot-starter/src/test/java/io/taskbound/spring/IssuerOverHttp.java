// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.client.TaskToken;
import io.taskbound.client.dpop.ProofKey;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.InMemoryLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A real issuer on loopback. */
final class IssuerOverHttp implements AutoCloseable {
    final TestIssuer issuer;
    final AtomicInteger redeemed = new AtomicInteger();
    volatile boolean away;
    private final HttpServer server;

    IssuerOverHttp() throws IOException {
        this(TestIssuer::policyJson);
    }

    IssuerOverHttp(UnaryOperator<String> policyOfProvider) throws IOException {
        issuer = TestIssuer.withPolicy(new InMemoryLedger(), policyOfProvider);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            if (exchange.getRequestURI().getPath().equals("/redeem")) {
                redeemed.incrementAndGet();
            }
            Map<String, List<String>> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            var response = issuer.edge.handle(new HttpRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    headers,
                    exchange.getRequestBody().readAllBytes(),
                    Optional.empty()));
            response.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(response.status(), response.body().length);
            exchange.getResponseBody().write(response.body());
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token to sign what has these bytes, once. */
    String signing(String name, String bytes) {
        return token("sign-release", "artifact:acme/shop/" + name + "@sha256:" + sha256(bytes), "sign");
    }

    /** A token of another server. */
    String foreign() {
        return token("update-ticket", "ticket:SHOP-1", "read");
    }

    String token(String task, String identifier, String action) {
        return issuer.token(form(task, identifier, action)).accessToken();
    }

    /** A token to sign what has these bytes, bound to the key. */
    TaskToken bound(ProofKey key, String name, String bytes) {
        var form = form("sign-release", "artifact:acme/shop/" + name + "@sha256:" + sha256(bytes), "sign");
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var proof = key.proof("POST", URI.create(TestIssuer.ISSUER + "/token"), Optional.empty());
        var granted = issuer.send(new HttpRequest(
                "POST",
                "/token",
                Map.of("content-type", List.of("application/x-www-form-urlencoded"), "dpop", List.of(proof)),
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
        return TaskToken.of(granted.accessToken());
    }

    private Map<String, String> form(String task, String identifier, String action) {
        return TestIssuer.form(
                issuer.idToken(),
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"%s\",\"actions\":[\"%s\"],\"identifier\":\"%s\"}]"
                        .formatted(task, action, identifier));
    }

    void closeToken(String token) {
        issuer.revoke(Map.of("token", token));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        issuer.close();
    }
}
