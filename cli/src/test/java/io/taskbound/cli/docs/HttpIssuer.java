// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A real issuer on loopback, with two resource servers that redeem and one that introspects. */
final class HttpIssuer implements AutoCloseable {
    static final String SECRET = "dGhlLXNlY3JldC1vZi10aGUtZXhhbXBsZXMtaW4tZG9jcy4";
    private static final String CI = "https://ci.acme.example";
    private final Clock clock = Clock.systemUTC();
    private final StandInProvider provider = StandInProvider.start(clock);
    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private final HttpServer server;

    HttpIssuer() throws IOException {
        LedgerTable.create(database.client(), "examples");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var edge = new IssuerEdge(new IssuerParts(
                url(),
                new CurrentPolicy(policy(), uri -> {
                    throw new IOException("the keys are pinned");
                }),
                new DynamoLedger(new DynamoTable(database.client(), "examples"), Duration.ofDays(30)),
                LocalSigner.generate(),
                Runnable::run,
                line -> {},
                line -> {},
                clock));
        server.createContext("/", exchange -> answer(exchange, edge));
        server.start();
    }

    private Policy policy() {
        var document =
                """
                {"version": 1,
                 "providers": {"ci": {"profile": "generic", "issuer": "%s", "audience": "%s", "jwks": %s}},
                 "resource_servers": {
                  "signer": {"audience": "https://signer.acme.example", "checks": "redeem",
                   "client_secret_hashes": ["%s"]},
                  "deploy": {"audience": "https://deploy.acme.example", "checks": "introspect",
                   "client_secret_hashes": ["%s"]},
                  "tickets": {"audience": "https://tickets.acme.example", "checks": "redeem",
                   "proof": "optional",
                   "client_secret_hashes": ["%s"]}},
                 "tasks": {
                  "sign-release": {"permissions": [{"resource_server": "signer", "actions": ["sign"],
                    "identifiers": ["artifact:acme/shop/**@sha256:{sha256}"]}],
                   "allow": [{"provider": "ci", "claims": {"sub": "shop"}}]},
                  "sign-twice": {"permissions": [{"resource_server": "signer", "actions": ["sign"],
                    "identifiers": ["artifact:acme/shop/**@sha256:{sha256}"]}], "max_uses": 2,
                   "allow": [{"provider": "ci", "claims": {"sub": "shop"}}]},
                  "read-ticket": {"permissions": [{"resource_server": "tickets", "actions": ["read"],
                    "identifiers": ["ticket:*"]}],
                   "allow": [{"provider": "ci", "claims": {"sub": "shop"}}]},
                  "deploy": {"permissions": [{"resource_server": "deploy", "actions": ["deploy"],
                    "identifiers": ["service:acme/shop/*"]}],
                   "allow": [{"provider": "ci", "claims": {"sub": "shop"}}]}}}
                """.formatted(CI, url(), provider.jwks(), sha256Hex(SECRET), sha256Hex(SECRET), sha256Hex(SECRET));
        return Policy.compile(json(document), 1)
                .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
    }

    private static JsonObject json(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    static String sha256Hex(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static void answer(HttpExchange exchange, IssuerEdge edge) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            var response = edge.handle(new HttpRequest(
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

    IssuerClient client() {
        return IssuerClient.at(url());
    }

    String idToken() {
        return provider.idToken(ClaimSet.of(Map.of(
                "iss",
                CI,
                "aud",
                url(),
                "sub",
                "shop",
                "jti",
                UUID.randomUUID().toString(),
                "iat",
                clock.instant().getEpochSecond(),
                "exp",
                clock.instant().getEpochSecond() + 300)));
    }

    TaskToken mint(String task, String action, String identifier) {
        return mint(TaskRequest.of(TaskDetail.of(task, action, identifier)));
    }

    TaskToken mint(TaskRequest request) {
        var answer = client().mint(IdToken.of(idToken()), request);
        return ((MintAnswer.Granted) answer).token().token();
    }

    @Override
    public void close() {
        server.stop(0);
        provider.close();
        database.close();
    }
}
