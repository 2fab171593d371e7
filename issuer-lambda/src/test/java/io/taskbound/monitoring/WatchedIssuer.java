// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import io.taskbound.audit.AuditLine;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Sweep;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.local.StandInProvider;
import io.taskbound.metrics.Meters;
import io.taskbound.metrics.SweepMetrics;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The issuer over DynamoDB Local, watched as the function watches itself, at a time of the test's choice. */
final class WatchedIssuer implements AutoCloseable {
    static final String SIGN = details("sign-release", "artifact:acme/shop/app.jar@sha256:" + "9f".repeat(32));
    static final String ROTATE = details("rotate", "key:root");
    static final String DEPLOY = details("deploy", "env:production");
    /** Not secret at all, but of the right form. */
    static final String SECRET = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    private static final String ISSUER = "https://tokens.acme.example";
    private static final String TABLE = "taskbound";
    private static final long A_MILLISECOND = 1_000_000;

    private volatile long tick = A_MILLISECOND;
    private volatile Instant now = Instant.parse("2026-11-23T10:00:00.250Z");
    private volatile boolean ledgerLost;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong ticks = new AtomicLong();
    private final Meters meters = Meters.writing("test", () -> ticks.addAndGet(tick), log::add, line -> {});
    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private final LocalSigner signer = LocalSigner.generate();
    private final Clock clock = new Now();
    private final StandInProvider provider = StandInProvider.start(clock);
    private final IssuerEdge edge;

    WatchedIssuer() {
        var fetcher = meters.watching(new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        this.edge = new IssuerEdge(parts(new CurrentPolicy(policy(), fetcher), losable(ledger(database))), meters);
    }

    private IssuerParts parts(CurrentPolicy policy, Ledger ledger) {
        return new IssuerParts(ISSUER, policy, ledger, signer, Runnable::run, log::add, line -> {}, clock);
    }

    List<JsonObject> lines() {
        return log.stream().map(WatchedIssuer::object).toList();
    }

    void note(AuditLine line) {
        log.add(line.text());
    }

    String idToken(Map<String, String> claims) {
        var all = provider.github("acme/shop", "main")
                .forAudience(ISSUER)
                .with("jti", UUID.randomUUID().toString());
        for (var claim : claims.entrySet()) {
            all = all.with(claim.getKey(), claim.getValue());
        }
        return provider.idToken(all);
    }

    HttpResponse mint(String idToken, String details) {
        return edge.handle(mintRequest(idToken, details));
    }

    private static HttpRequest mintRequest(String idToken, String details) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put("subject_token", idToken);
        form.put("txn", UUID.randomUUID().toString());
        form.put("holder_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        form.put("authorization_details", details);
        return post("/token", form, Map.of());
    }

    String granted(String details) {
        return token(mint(idToken(Map.of()), details));
    }

    private static String token(HttpResponse answer) {
        return object(new String(answer.body(), StandardCharsets.UTF_8))
                .string("access_token")
                .orElseThrow(() -> new AssertionError(answer.status()));
    }

    void close(String token) {
        edge.handle(post("/revoke", Map.of("token", token), Map.of()));
    }

    void redeem(String token) {
        var form = Map.of(
                "token", token, "action", "sign", "identifier", "artifact:acme/shop/app.jar@sha256:" + "9f".repeat(32));
        edge.handle(post("/redeem", form, credentials("signer", SECRET)));
    }

    void introspect(String token, String secret) {
        edge.handle(post("/introspect", Map.of("token", token), credentials("deployer", secret)));
    }

    /** One run of the sweeper, whose lines go to the same log. */
    void sweep() {
        var sweeper = new Sweeper(new DynamoTable(database.client(), TABLE));
        var report = new Sweep(sweeper, line -> log.add(line.text()), line -> {}, clock)
                .run("sweep-1", Duration.ofSeconds(30));
        log.add(new SweepMetrics("test", "sweep-1", now)
                .line(report.allEnded(), report.missingCloses(), report.rearmed(), report.failed(), report.behind()));
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    void replaceProviderKey() {
        provider.rotateKey(true);
        // The cache asks again at most every 30 s.
        advance(Duration.ofMinutes(1));
    }

    void loseLedger() {
        ledgerLost = true;
    }

    void slowDown() {
        tick = 2_000 * A_MILLISECOND;
    }

    /** Minted by the same key over another ledger, as a thief of the key would. */
    String tokenWithoutARecord() {
        try (var elsewhere = EmbeddedDynamo.inMemory()) {
            var policy = new CurrentPolicy(policy(), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
            var thief = new IssuerEdge(new IssuerParts(
                    ISSUER, policy, ledger(elsewhere), signer, Runnable::run, line -> {}, line -> {}, clock));
            return token(thief.handle(mintRequest(idToken(Map.of()), SIGN)));
        }
    }

    private static Ledger ledger(EmbeddedDynamo database) {
        LedgerTable.create(database.client(), TABLE);
        return new DynamoLedger(new DynamoTable(database.client(), TABLE), Duration.ofDays(30));
    }

    private Ledger losable(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (ledgerLost) {
                        throw new LedgerUnavailable("taken away");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private Policy policy() {
        var compiled = Policy.compile(object("""
            {"version":1,
             "providers":{"github":{"profile":"github","issuer":"%1$s","audience":"%2$s"}},
             "resource_servers":{
               "signer":{"audience":"https://signer.acme.example","checks":"redeem","client_secret_hashes":["%3$s"]},
               "deployer":{"audience":"https://deploy.acme.example","checks":"introspect",
                 "client_secret_hashes":["%3$s"]}},
             "callers":{"main":[{"provider":"github","claims":{"repository_id":"2002","repository_owner_id":"1001",
                "ref":"refs/heads/main","ref_type":"branch"}}]},
             "approvers":{"managers":[{"provider":"github","person":"actor_id","claims":{"repository_id":"2002",
                "repository_owner_id":"1001","workflow_ref":"acme/shop/.github/workflows/approve.yml@refs/heads/main"}}]},
             "tasks":{
               "rotate":{"permissions":[{"resource_server":"deployer","actions":["rotate"],"identifiers":["key:root"]}],
                 "lease":"60s","approval":{"by":["managers"]},"allow":["main"]},
               "sign-release":{"permissions":[{"resource_server":"signer","actions":["sign"],
                 "identifiers":["artifact:${project}/**@sha256:{sha256}"]}],
                 "max_lifetime":"10m","max_uses":1,"lease":"60s","allow":["main"]},
               "deploy":{"permissions":[{"resource_server":"deployer","actions":["deploy"],
                 "identifiers":["env:production"]}],"max_lifetime":"15m","lease":"60s","allow":["main"]}}}
            """.formatted(provider.issuer(), ISSUER, hash(SECRET))), 1);
        return compiled.orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(LogLines.utf8(secret)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private static String details(String task, String identifier) {
        return "[{\"type\":\"task\",\"task\":\"" + task + "\",\"identifier\":\"" + identifier + "\"}]";
    }

    private static Map<String, List<String>> credentials(String server, String secret) {
        return Map.of(
                "authorization",
                List.of("Basic " + Base64.getEncoder().encodeToString(LogLines.utf8(server + ":" + secret))));
    }

    private static HttpRequest post(String path, Map<String, String> form, Map<String, List<String>> more) {
        var headers = new LinkedHashMap<>(more);
        headers.put("content-type", List.of("application/x-www-form-urlencoded"));
        return new HttpRequest("POST", path, headers, LogLines.utf8(encoded(form)), Optional.empty());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static JsonObject object(String json) {
        try {
            return StrictJson.parseObject(LogLines.utf8(json));
        } catch (MalformedJson malformed) {
            throw new AssertionError(json, malformed);
        }
    }

    @Override
    public void close() {
        provider.close();
        database.close();
    }

    private final class Now extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
