// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.run.WrappedRun.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Grants whatever is asked for, with a credential of one kind, and answers as a script says when that is fetched. */
final class DeliveringIssuer implements AutoCloseable {
    static final String GITHUB_TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";
    /** Seconds: a heartbeat each second. */
    private static final int LEASE = 3;

    private static final String TOKEN = UnsignedJwt.of("{\"jti\":\"R.P\"}");

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger fetches = new AtomicInteger();
    private final HttpServer server;
    private final String kind;
    private final Delivery delivery;

    /** The answer to a fetch, counted from 1. */
    interface Delivery {
        void answer(HttpExchange exchange, int nth) throws IOException;

        /** The token was closed. */
        default void ended() throws IOException {}
    }

    private DeliveringIssuer(HttpServer server, String kind, Delivery delivery) {
        this.server = server;
        this.kind = kind;
        this.delivery = delivery;
    }

    static DeliveringIssuer start(String kind, Delivery delivery) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        var issuer = new DeliveringIssuer(server, kind, delivery);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "delivering-issuer");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", issuer::answer);
        server.start();
        return issuer;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The paths that were asked for, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The same without heartbeats, of which there are as many as the machine is slow. */
    List<String> callsButHeartbeats() {
        return calls().stream().filter(call -> !call.equals("/renew")).toList();
    }

    String token() {
        return TOKEN;
    }

    Setting setting(Path folder) {
        return new Setting(
                url(),
                folder,
                Map.of("TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience(url())),
                List.of("--task", "deploy", "--identifier", "env:production"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var path = exchange.getRequestURI().getPath();
        calls.add(path);
        switch (path) {
            case "/token" -> grant(exchange, form);
            case "/renew" -> json(exchange, 200, "{\"lease_expires_in\":" + LEASE + "}");
            case "/credential" -> deliver(exchange, form);
            default -> {
                delivery.ended();
                json(exchange, 200, "{}");
            }
        }
    }

    private void deliver(HttpExchange exchange, String form) throws IOException {
        if (!form.contains("token=" + TOKEN) || !form.contains("holder_verifier=")) {
            json(exchange, 400, "{\"error\":\"invalid_request\",\"request_id\":\"r\"}");
            return;
        }
        delivery.answer(exchange, fetches.incrementAndGet());
    }

    private void grant(HttpExchange exchange, String form) throws IOException {
        var txn = form.replaceFirst("(?s).*\\btxn=([0-9a-f-]{36}).*", "$1");
        json(exchange, 200, """
                {"access_token":"%s","token_type":"Bearer","expires_in":600,"lease_expires_in":%d,"jti":"R.P","txn":"%s",
                 "issued_token_type":"urn:ietf:params:oauth:token-type:access_token","credential_kind":"%s",
                 "authorization_details":[{"type":"task","task":"deploy","actions":["deploy"],
                 "locations":["urn:taskbound:server:target"],"identifier":"env:production"}]}
                """.formatted(TOKEN, LEASE, txn, kind));
    }

    static void json(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    static String github(String serverUrl) {
        return """
            {"kind":"github-app","expires_at":1795432200,"refresh":false,"credential":{"token":"%s"},"server_url":"%s",
             "api_url":"https://api.github.com","repositories":["acme/shop"],"permissions":{"contents":"write"}}
            """.formatted(GITHUB_TOKEN, serverUrl);
    }

    /** @param nth tells one from another: it is part of the secret key, and the seconds of the end */
    static String aws(int nth) {
        return """
            {"kind":"aws-role","expires_at":%d,"refresh":true,"role_arn":"arn:aws:iam::111122223333:role/migration",
             "region":"eu-central-1","credential":{"access_key_id":"ASIA0123456789ABCDEF",
             "secret_access_key":"number-%d-of-the-secret-keys/0123456789","session_token":"number-%d-of-the-session-tokens//0123456789"}}
            """.formatted(1795428000 + nth, nth, nth);
    }

    static String openbao() {
        return """
            {"kind":"openbao","expires_at":1795428660,"refresh":false,"credential":{"token":"hvs.0123456789abcdef"},
             "address":"https://vault.acme.example"}
            """;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
