// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.ledger.Ledger;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import io.taskbound.token.LocalSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An issuer as the Lambda function wires it, with a stand-in GitHub; but for a live one at one moment that never
 * passes.
 */
public final class Scene implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00.250Z");
    public static final String ISSUER = "https://tokens.acme.example";
    static final String ARTIFACT = "artifact:acme/shop/app.jar@sha256:" + "9f".repeat(32);
    public static final String SIGN =
            "[{\"type\":\"task\",\"task\":\"sign-release\",\"identifier\":\"" + ARTIFACT + "\"}]";
    static final String READ = "[{\"type\":\"task\",\"task\":\"read-key\",\"identifier\":\"secret:release/app\"}]";
    static final String DEPLOY = "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:production\"}]";

    private final Clock clock;
    private final String issuer;
    private final LocalSigner signer = LocalSigner.generate();
    private final CurrentPolicy policy;
    private final StandInProvider provider;
    private final ExecutorService executor = Executors.newCachedThreadPool();

    Scene() {
        this(PolicyText.one());
    }

    /** @param rules who may do the tasks, each an entry of {@code allow} in JSON */
    Scene(List<String> rules) {
        this(ISSUER, Clock.fixed(NOW, ZoneOffset.UTC), rules);
    }

    /** For processes that fetch the issuer's keys and look at their own clocks. */
    static Scene live(String issuer) {
        return new Scene(issuer, Clock.systemUTC(), PolicyText.one());
    }

    private Scene(String issuer, Clock clock, List<String> rules) {
        this.issuer = issuer;
        this.clock = clock;
        this.provider = StandInProvider.start(clock);
        this.policy = new CurrentPolicy(
                PolicyText.compiled(provider.issuer(), issuer, rules), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
    }

    CurrentPolicy.InForce policy() {
        return policy.now();
    }

    StandInProvider provider() {
        return provider;
    }

    /** The issuer over a ledger across the network: what can be done meanwhile is done in another thread. */
    IssuerEdge edge(Ledger ledger) {
        return edge(ledger, executor);
    }

    /** @param executor where work is done that need not wait for the ledger */
    IssuerEdge edge(Ledger ledger, Executor executor) {
        return new IssuerEdge(
                new IssuerParts(issuer, policy, ledger, signer, executor, Scene::drop, line -> {}, clock));
    }

    /** The same issuer, handing out credentials of services that answer at once. */
    IssuerEdge delivering(Ledger ledger) {
        return new IssuerEdge(new IssuerParts(issuer, policy, ledger, signer, executor, Scene::drop, line -> {}, clock)
                .with(InstantServices.delivering()));
    }

    /** The issuer whose audit lines are looked at. */
    IssuerEdge audited(Ledger ledger, Consumer<String> audit) {
        return new IssuerEdge(new IssuerParts(issuer, policy, ledger, signer, executor, audit, line -> {}, clock));
    }

    /** The same issuer at a later moment. */
    IssuerEdge later(Ledger ledger, Duration by) {
        return new IssuerEdge(new IssuerParts(
                issuer, policy, ledger, signer, executor, Scene::drop, line -> {}, Clock.offset(clock, by)));
    }

    /** The audit line is made in full; where it goes is not ours to measure. */
    private static void drop(String auditLine) {}

    /** A fresh ID token of acme/shop's main branch, with the claims of GitHub's documentation. */
    String idToken(int number) {
        return provider.idToken(idTokenClaims(number));
    }

    /** The same, of this run. */
    String idToken(String run, int number) {
        return provider.idToken(idTokenClaims(number).with("run_id", run));
    }

    private ClaimSet idTokenClaims(int number) {
        return provider.github("acme/shop", "main").forAudience(issuer).with("jti", "id-token-" + number);
    }

    HttpRequest mintRequest(int number, String authorizationDetails) {
        return mintRequest(idToken(number), authorizationDetails);
    }

    HttpRequest mintRequest(String run, int number, String authorizationDetails) {
        return mintRequest(idToken(run, number), authorizationDetails);
    }

    private HttpRequest mintRequest(String idToken, String authorizationDetails) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put("subject_token", idToken);
        form.put("txn", "0b9e6a52-5f0c-4c3e-9d0a-3f1d2c4b5a69");
        form.put("authorization_details", authorizationDetails);
        form.put("holder_challenge", Asks.CHALLENGE);
        return post("/token", form, Map.of());
    }

    HttpRequest redeemRequest(String token) {
        var form = Map.of("token", token, "action", "sign", "identifier", ARTIFACT, "use_id", "build-7001");
        return post("/redeem", form, credentials("signer"));
    }

    HttpRequest introspectRequest(String token) {
        return post("/introspect", Map.of("token", token), credentials("deployer"));
    }

    HttpRequest renewRequest(String token) {
        return Asks.renew(token);
    }

    HttpRequest closeRequest(String token) {
        return Asks.close(token);
    }

    private static Map<String, List<String>> credentials(String server) {
        return credentials(server, PolicyText.SECRET);
    }

    static Map<String, List<String>> credentials(String server, String secret) {
        var pair = (server + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return Map.of("authorization", List.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    static HttpRequest post(String path, Map<String, String> form, Map<String, List<String>> more) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var headers = new LinkedHashMap<>(more);
        headers.put("content-type", List.of("application/x-www-form-urlencoded"));
        return new HttpRequest("POST", path, headers, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    @Override
    public void close() {
        executor.shutdown();
        provider.close();
    }
}
