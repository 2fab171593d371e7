// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.hook.HookSecret;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Delivering;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Ledger;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import io.taskbound.metrics.Meters;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.TaskSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A whole issuer for tests: real ID tokens of a stand-in GitHub, a real policy, a ledger of the test's choice. */
public final class TestIssuer implements AutoCloseable {
    public static final String ISSUER = "https://tokens.acme.example";
    public static final String SIGNER = "https://signer.acme.example";
    public static final String TRACKER = "https://tracker.acme.example";
    public static final String SIGNER_SECRET = "c2lnbmVyLXNlY3JldC1zaWduZXItc2VjcmV0LTAwMDE";
    public static final String TRACKER_SECRET = "dHJhY2tlci1zZWNyZXQtdHJhY2tlci1zZWNyZXQtMDE";
    public static final String HOLDER_VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    /** Of that verifier: the example of RFC 7636 appendix B. */
    public static final String HOLDER_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public static final String ARTIFACT = "artifact:acme/shop/app.jar@sha256:" + "9f".repeat(32);

    public final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T10:00:00.250Z"));
    public final List<String> audit = Collections.synchronizedList(new ArrayList<>());
    public final List<String> metrics = Collections.synchronizedList(new ArrayList<>());
    /** Every look at it is a millisecond later. */
    private final AtomicLong ticks = new AtomicLong();

    public final Meters meters = Meters.writing("test", () -> ticks.addAndGet(1_000_000), metrics::add, line -> {});
    public final StandInProvider provider = StandInProvider.start(clock);
    /** The active secrets of hooks, by the hook's name. */
    public final Map<String, List<String>> hookSecrets = new ConcurrentHashMap<>();

    public final Ledger ledger;
    public final TaskSigner signer;
    public final CurrentPolicy policy;
    public final IssuerEdge edge;

    public TestIssuer(Ledger ledger) {
        this(ledger, LocalSigner.generate(), signer -> signer);
    }

    public TestIssuer(Ledger ledger, TaskSigner key, UnaryOperator<TaskSigner> around) {
        this(ledger, key, around, Runnable::run);
    }

    /** With a server that reads status lists. */
    public static TestIssuer withStatusServer(Ledger ledger) {
        return new TestIssuer(
                ledger, LocalSigner.generate(), signer -> signer, Runnable::run, TestIssuer::policyJsonWithStatus);
    }

    /** With a server of each kind that the issuer serves itself. */
    public static TestIssuer withKinds(Ledger ledger) {
        return new TestIssuer(
                ledger, LocalSigner.generate(), signer -> signer, Runnable::run, TestIssuer::policyJsonWithKinds);
    }

    /**
     * With people who approve, and tasks that need them.
     *
     * @param staff an identity provider for people
     */
    public static TestIssuer withApprovals(Ledger ledger, StandInProvider staff) {
        return new TestIssuer(
                ledger,
                LocalSigner.generate(),
                signer -> signer,
                Runnable::run,
                github -> policyJsonWithApprovals(github, staff.issuer()));
    }

    public TestIssuer(Ledger ledger, TaskSigner key, UnaryOperator<TaskSigner> around, Executor executor) {
        this(ledger, key, around, executor, TestIssuer::policyJson);
    }

    /** With foreign services, and tasks for them. */
    public static TestIssuer delivering(Ledger ledger, Delivering services) {
        return new TestIssuer(
                ledger,
                LocalSigner.generate(),
                signer -> signer,
                Runnable::run,
                TestIssuer::policyJsonWithKinds,
                parts -> parts.with(services));
    }

    /** With a page on which people log in, and a policy made of {@link #policyJson}. */
    static TestIssuer withLogins(Ledger ledger, UnaryOperator<String> policyOfProvider) {
        return new TestIssuer(
                ledger,
                LocalSigner.generate(),
                signer -> signer,
                Runnable::run,
                policyOfProvider,
                parts -> parts.withLogins(new OutboundHttp(FetchPolicy.WITH_LOOPBACK)));
    }

    /** With a policy made of {@link #policyJson}, say. */
    public static TestIssuer withPolicy(Ledger ledger, UnaryOperator<String> policyOfProvider) {
        return new TestIssuer(ledger, LocalSigner.generate(), signer -> signer, Runnable::run, policyOfProvider);
    }

    private TestIssuer(
            Ledger ledger,
            TaskSigner key,
            UnaryOperator<TaskSigner> around,
            Executor executor,
            UnaryOperator<String> policyOfProvider) {
        this(ledger, key, around, executor, policyOfProvider, parts -> parts);
    }

    private TestIssuer(
            Ledger ledger,
            TaskSigner key,
            UnaryOperator<TaskSigner> around,
            Executor executor,
            UnaryOperator<String> policyOfProvider,
            UnaryOperator<IssuerParts> more) {
        this.ledger = ledger;
        this.signer = around.apply(key);
        this.policy = new CurrentPolicy(
                compile(policyOfProvider.apply(provider.issuer())),
                meters.watching(new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK)));
        var parts = new IssuerParts(
                ISSUER,
                policy,
                ledger,
                signer,
                (hook, now) -> hookSecrets.getOrDefault(hook.value(), List.of()).stream()
                        .map(HookSecret::of)
                        .toList(),
                executor,
                audit::add,
                line -> {},
                clock);
        this.edge = new IssuerEdge(more.apply(parts), meters);
    }

    public static Policy compile(String json) {
        try {
            return Policy.compile(StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8)), 1)
                    .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    public static String policyJson(String provider) {
        return """
            {"version":1,
             "providers":{"github":{"profile":"github","issuer":"%s","audience":"%s"}},
             "resource_servers":{
               "signer":{"audience":"%s","checks":"redeem","client_secret_hashes":["%s"]},
               "tracker":{"audience":"%s","checks":"redeem","client_secret_hashes":["%s"]},
               "deployer":{"audience":"https://deploy.acme.example","checks":"introspect","client_secret_hashes":["%s"]}},
             "callers":{"release":[{"provider":"github","claims":{"repository_id":"2002","repository_owner_id":"1001",
                "ref":"refs/heads/main","ref_type":"branch"}}]},
             "tasks":{
               "sign-release":{"description":"Sign one release artifact",
                 "permissions":[{"resource_server":"signer","actions":["sign"],
                   "identifiers":["artifact:${project}/**@sha256:{sha256}"]}],
                 "max_lifetime":"10m","max_uses":1,"lease":"60s","allow":["release"]},
               "update-ticket":{"description":"Read one ticket and update one record",
                 "permissions":[{"resource_server":"tracker","actions":["read"],"identifiers":["ticket:SHOP-*"]},
                   {"resource_server":"tracker","actions":["update"],"identifiers":["record:*"]}],
                 "max_lifetime":"5m","max_uses":2,"allow":["release"]},
               "deploy":{"description":"Deploy to production",
                 "permissions":[{"resource_server":"deployer","actions":["deploy"],"identifiers":["env:production"]}],
                 "max_lifetime":"15m","allow":["release"]},
               "promote":{"description":"Promote to staging, two at a time",
                 "permissions":[{"resource_server":"tracker","actions":["promote"],"identifiers":["env:staging"]}],
                 "max_lifetime":"15m","max_live":2,"max_live_per_run":1,"allow":["release"]},
               "announce":{"description":"Announce a release, once",
                 "permissions":[{"resource_server":"deployer","actions":["announce"],"identifiers":["channel:news"]}],
                 "max_lifetime":"15m","once_per_run":true,"allow":["release"]}}}
            """.formatted(
                        provider,
                        ISSUER,
                        SIGNER,
                        sha256(SIGNER_SECRET),
                        TRACKER,
                        sha256(TRACKER_SECRET),
                        sha256(SIGNER_SECRET));
    }

    /** The same, with a server that reads status lists, and a task for it. */
    public static String policyJsonWithStatus(String provider) {
        return policyJson(provider)
                .replace(
                        "\"resource_servers\":{",
                        "\"resource_servers\":{\"gateway\":{\"audience\":\"https://gateway.acme.example\",\"checks\":\"status\"},")
                .replace("\"tasks\":{", """
                        "tasks":{"open-route":{"description":"Open a route of the gateway",
                          "permissions":[{"resource_server":"gateway","actions":["open"],"identifiers":["route:*"]}],
                          "max_lifetime":"15m","lease":"2m","allow":["release"]},""");
    }

    /** The same, with a server of each kind that the issuer serves itself, and a task for each. */
    public static String policyJsonWithKinds(String provider) {
        return policyJson(provider).replace("\"resource_servers\":{", """
                        "resource_servers":{
                          "github":{"kind":"github-app","app_id":"12345","owners":{"acme":"1001"}},
                          "lake":{"kind":"aws-role","role_arn":"arn:aws:iam::111122223333:role/migration",
                            "actions":{"read":["s3:GetObject"],"write":["s3:PutObject","s3:AbortMultipartUpload"]}},
                          "vault":{"kind":"openbao","address":"https://vault.acme.example","role":"release"},""").replace("\"tasks\":{", """
                        "tasks":{
                          "bump-version":{"permissions":[{"resource_server":"github","actions":["contents:write","issues:read"],
                            "identifiers":["github:${project}","github:acme/docs"]}],"lease":"60s","allow":["release"]},
                          "migrate":{"permissions":[
                            {"resource_server":"lake","actions":["read"],"identifiers":["s3:legacy-exports/datasets/**"]},
                            {"resource_server":"lake","actions":["write"],"identifiers":["s3:new-lake/imports/**"]}],
                            "lease":"2m","allow":["release"]},
                          "read-key":{"permissions":[{"resource_server":"vault","actions":["read"],
                            "identifiers":["secret:*"]}],"allow":["release"]},""");
    }

    /** The same, with groups of people, and tasks that one or two of them must approve. */
    public static String policyJsonWithApprovals(String github, String staff) {
        return withPeople(policyJson(github))
                .replace("\"providers\":{", """
                        "providers":{"staff":{"profile":"generic","issuer":"%s","audience":"%s"},""".formatted(staff, ISSUER))
                .replace("\"managers\":[", """
                        "managers":[{"provider":"staff","person":"sub","known_as":{"github":"github_id"},
                              "claims":{"groups":{"contains":"managers"}}},""");
    }

    /**
     * The same, with people who approve by workflows that they start, and tasks that one or two of them must approve.
     */
    public static String withPeople(String policyJson) {
        return policyJson.replace("\"tasks\":{", """
                        "approvers":{
                          "managers":[
                            {"provider":"github","person":"actor_id","claims":{"repository_id":"2002",
                              "repository_owner_id":"1001","workflow_ref":"acme/shop/.github/workflows/approve.yml@refs/heads/main",
                              "actor_id":["12","13"]}}]},
                        "tasks":{
                          "rotate-root-key":{"description":"Rotate the root key",
                            "permissions":[{"resource_server":"tracker","actions":["rotate"],"identifiers":["key:root"]}],
                            "max_lifetime":"10m","max_uses":1,"approval":{"by":["managers"],"within":"30m"},"allow":["release"]},
                          "drop-table":{"description":"Drop a table","permissions":[
                            {"resource_server":"tracker","actions":["drop"],"identifiers":["table:*"]}],
                            "max_lifetime":"10m","approval":{"by":["managers"],"count":2},"allow":["release"]},""");
    }

    /** The form of whoever shows an ID token and nothing else. */
    public static Map<String, String> proof(String idToken) {
        var form = new LinkedHashMap<String, String>();
        form.put("subject_token", idToken);
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        return form;
    }

    public static String sha256(String text) {
        try {
            var digest =
                    java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    /** The claims of GitHub's documentation for acme/shop's main branch, issued now. */
    public Map<String, Object> githubClaims() {
        return githubClaims(provider, clock);
    }

    public static Map<String, Object> githubClaims(StandInProvider provider, Clock clock) {
        long now = clock.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", provider.issuer());
        claims.put("aud", ISSUER);
        claims.put("sub", "repo:acme/shop:ref:refs/heads/main");
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + 300);
        claims.put("repository", "acme/shop");
        claims.put("repository_id", "2002");
        claims.put("repository_owner", "acme");
        claims.put("repository_owner_id", "1001");
        claims.put("ref", "refs/heads/main");
        claims.put("ref_type", "branch");
        claims.put("event_name", "push");
        claims.put("run_id", "7001");
        claims.put("run_attempt", "1");
        claims.put("check_run_id", "90001");
        claims.put("actor", "octocat");
        claims.put("actor_id", "12");
        return claims;
    }

    public String idToken() {
        return provider.idToken(ClaimSet.of(githubClaims()));
    }

    public String idToken(String claim, Object value) {
        var claims = githubClaims();
        claims.put(claim, value);
        return provider.idToken(ClaimSet.of(claims));
    }

    public String idToken(Map<String, Object> other) {
        var claims = githubClaims();
        claims.putAll(other);
        return provider.idToken(ClaimSet.of(claims));
    }

    /** The form of a request to sign one artifact. */
    public static Map<String, String> signForm(String idToken, String txn) {
        return form(
                idToken, txn, "[{\"type\":\"task\",\"task\":\"sign-release\",\"identifier\":\"" + ARTIFACT + "\"}]");
    }

    public static Map<String, String> deployForm(String idToken) {
        return form(
                idToken,
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:production\"}]");
    }

    /** The form of a request for a task that has a budget. */
    public static Map<String, String> promoteForm(String idToken) {
        return form(
                idToken,
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"promote\",\"identifier\":\"env:staging\"}]");
    }

    /** The form of a request for a task whose server reads status lists. */
    public static Map<String, String> openRouteForm(String idToken) {
        return form(
                idToken,
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"open-route\",\"identifier\":\"route:a\"}]");
    }

    public static Map<String, String> form(String idToken, String txn, String details) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put("subject_token", idToken);
        form.put("txn", txn);
        form.put("holder_challenge", HOLDER_CHALLENGE);
        form.put("authorization_details", details);
        return form;
    }

    public Answer token(Map<String, String> form) {
        return post("/token", form, Optional.empty());
    }

    /** Mints and insists on it. */
    public Answer mintSign() {
        var answer = token(signForm(idToken(), UUID.randomUUID().toString()));
        if (answer.status() != 200) {
            throw new AssertionError(answer + " " + audit);
        }
        return answer;
    }

    public Answer redeem(String token, String action, String identifier, String useId) {
        var form = new LinkedHashMap<String, String>();
        form.put("token", token);
        form.put("action", action);
        form.put("identifier", identifier);
        form.put("use_id", useId);
        return post("/redeem", form, Optional.of(basic("signer", SIGNER_SECRET)));
    }

    public Answer introspect(String token, String server, String secret) {
        return post("/introspect", Map.of("token", token), Optional.of(basic(server, secret)));
    }

    public Answer revoke(Map<String, String> form) {
        return post("/revoke", form, Optional.empty());
    }

    public Answer renew(String token) {
        return renew(token, HOLDER_VERIFIER);
    }

    public Answer renew(String token, String verifier) {
        return post("/renew", Map.of("token", token, "holder_verifier", verifier), Optional.empty());
    }

    public Answer credential(Answer granted) {
        return credential(granted.accessToken(), HOLDER_VERIFIER);
    }

    public Answer credential(String token, String verifier) {
        return post("/credential", Map.of("token", token, "holder_verifier", verifier), Optional.empty());
    }

    public static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    public Answer post(String path, Map<String, String> form, Optional<String> authorization) {
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("content-type", List.of("application/x-www-form-urlencoded"));
        authorization.ifPresent(value -> headers.put("authorization", List.of(value)));
        return send(new HttpRequest(
                "POST", path, headers, body.toString().getBytes(StandardCharsets.UTF_8), Optional.empty()));
    }

    public Answer send(HttpRequest request) {
        var response = edge.handle(request);
        try {
            return new Answer(response.status(), StrictJson.parseObject(response.body()), response.headers());
        } catch (MalformedJson malformed) {
            throw new AssertionError("an answer that is not JSON", malformed);
        }
    }

    /** One answer, its JSON read. */
    public record Answer(int status, JsonObject body, Map<String, String> headers) {
        public String text(String name) {
            return body.string(name).orElse("");
        }

        public boolean active() {
            return body.bool("active").orElseThrow();
        }

        public String accessToken() {
            return body.string("access_token").orElseThrow(() -> new AssertionError(toString()));
        }
    }

    /** The last decision; what followed from it, a token's end, has lines of its own. */
    public String lastAudit() {
        return List.copyOf(audit).stream()
                .filter(line -> !line.contains("\"event\":\"ended\"")
                        && !line.contains("\"event\":\"missing_close\"")
                        && !line.contains("\"event\":\"credential_end\""))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Override
    public void close() {
        provider.close();
    }
}
