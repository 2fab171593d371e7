// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.digest.Sha256;
import io.taskbound.hook.HookSecret;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real issuer on loopback whose answers a test twists, and a stand-in for the runner of GitHub that gives ID tokens.
 */
final class TwistedIssuer implements AutoCloseable {
    /** Not secret at all, but of the right form. */
    static final String SECRET = "bWFkZS11cC1zZWNyZXQtb2YtdGhlLXByb2Jlcy1zZXJ2ZXI";

    static final String RUNNER_BEARER = "made-up-bearer-of-the-runner";
    private static final String RUNNER_PATH = "/runner/id-token";
    private static final Clock CLOCK = Clock.systemUTC();

    private final StandInProvider provider = StandInProvider.start(CLOCK);
    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final ConcurrentLinkedQueue<String> audit = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final String url;
    private volatile Twist twist = Twist.NONE;

    /** @param server bound and not yet started */
    TwistedIssuer(HttpServer server, String scheme) {
        this.server = server;
        this.url = scheme + "://localhost:" + server.getAddress().getPort();
        LedgerTable.create(database.client(), "probe");
        var edge = new IssuerEdge(new IssuerParts(
                url,
                new CurrentPolicy(policy(), uri -> {
                    throw new IOException("the keys are pinned");
                }),
                new DynamoLedger(new DynamoTable(database.client(), "probe"), Duration.ofDays(30)),
                LocalSigner.generate(),
                (hook, now) -> List.of(HookSecret.of(SECRET)),
                Runnable::run,
                audit::add,
                line -> {},
                CLOCK));
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, edge));
        server.start();
    }

    String url() {
        return url;
    }

    String runnerUrl() {
        return url + RUNNER_PATH + "?api-version=2.0";
    }

    void twistBy(Twist other) {
        twist = other;
        audit.clear();
    }

    /** The lines of the audit log since the last twist. */
    List<String> audit() {
        return List.copyOf(audit);
    }

    String idToken(String audience) {
        return provider.idToken(provider.github("acme/shop", "main").forAudience(audience));
    }

    private Policy policy() {
        var caller = "{\"provider\":\"github\",\"claims\":{\"repository_id\":\"2002\",\"ref\":\"refs/heads/main\","
                + "\"ref_type\":\"branch\"}}";
        var document = """
            {"version":1,
             "providers":{"github":{"profile":"github","issuer":"%s","audience":"%s","jwks":%s}},
             "resource_servers":{
               "probe":{"audience":"https://probe.acme.example","checks":"introspect","client_secret_hashes":["%s"]},
               "signer":{"audience":"https://signer.acme.example","checks":"redeem","client_secret_hashes":["%s"]},
               "archive":{"audience":"https://archive.acme.example","checks":"offline"},
               "gateway":{"audience":"https://gateway.acme.example","checks":"status"}},
             "hooks":{"acme":{"provider":"github","owner_id":"1001"}},
             "tasks":{
               "probe":{"permissions":[{"resource_server":"probe","actions":["probe"],"identifiers":["probe:issuer"]}],
                 "max_lifetime":"2m","allow":[%s]},
               "sign":{"permissions":[{"resource_server":"signer","actions":["sign"],"identifiers":["artifact:*"]}],
                 "max_uses":2,"allow":[%s]},
               "read":{"permissions":[{"resource_server":"archive","actions":["read"],"identifiers":["archive:*"]}],
                 "allow":[%s]},
               "open":{"permissions":[{"resource_server":"gateway","actions":["open"],"identifiers":["route:*"]}],
                 "max_lifetime":"15m","lease":"2m","allow":[%s]}}}
            """.formatted(
                        provider.issuer(),
                        url,
                        provider.jwks(),
                        Sha256.hex(SECRET),
                        Sha256.hex(SECRET),
                        caller,
                        caller,
                        caller,
                        caller);
        try {
            return Policy.compile(StrictJson.parseObject(document.getBytes(UTF_8)), 1)
                    .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
        } catch (MalformedJson malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private void answer(HttpExchange exchange, IssuerEdge edge) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = exchange.getRequestBody().readAllBytes();
            var asked = new Asked(exchange.getRequestMethod(), path, form(new String(body, UTF_8)));
            var reply = path.equals(RUNNER_PATH)
                    ? runner(exchange)
                    : twist.answer(asked, () -> real(exchange, edge, path, body));
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var octets = reply.octets();
            exchange.sendResponseHeaders(reply.status(), octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    private static Reply real(HttpExchange exchange, IssuerEdge edge, String path, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        var answer = edge.handle(new HttpRequest(exchange.getRequestMethod(), path, headers, body, Optional.empty()));
        return new Reply(answer.status(), answer.headers(), new String(answer.body(), UTF_8));
    }

    /** As GitHub's runner gives an ID token to a job that may ask. */
    private Reply runner(HttpExchange exchange) {
        if (!("Bearer " + RUNNER_BEARER).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return Reply.json(401, "{}");
        }
        var audience = form(exchange.getRequestURI().getRawQuery()).getOrDefault("audience", "");
        return Reply.json(200, "{\"count\":1,\"value\":\"" + idToken(audience) + "\"}");
    }

    private static Map<String, String> form(String body) {
        var form = new HashMap<String, String>();
        for (var pair : body.split("&")) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
            }
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        database.close();
        provider.close();
    }
}
