// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.taskbound.TestLedger.Entry;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An issuer for tests, on loopback: it answers as the contract says, believes only ID tokens that the controller under
 * test signed for it, and each of them once; and it can be made to misbehave. What the real issuer does besides
 * (policy, ledger, signatures) is tested where it lives.
 */
final class TestIssuer implements BeforeEachCallback, AfterEachCallback {
    static final String AUDIENCE = "https://tokens.acme.example";
    static final String REQUEST_ID = "01JDTEST";

    private static final Set<String> TASKS = Set.of("sign-release", "deploy");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    static {
        // Else the JDK's server holds each body back until the head is acknowledged: 40 ms a call. No real issuer does.
        // Read once, at its first use.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final TestLedger ledger = new TestLedger();
    private final TestApprovals approvals = new TestApprovals();
    private final List<IssuerRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Mood> moods = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger thinking = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile String credentialKind = "";
    private volatile JSONObject credential = new JSONObject();
    private HttpServer server;
    private volatile BuildProof proof;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** @param rootUrl of the controller, with its slash */
    void trust(String rootUrl) {
        proof = new BuildProof(rootUrl + "oidc", AUDIENCE);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on, until told otherwise. */
    void make(String path, Mood mood) {
        moods.put(path, mood);
    }

    /** Its tokens have another issuer's handle. */
    void imitate(String handle) {
        ledger.imitate(handle);
    }

    /** From now on its tokens stand for a credential of this kind, which is this answer. */
    void deliver(String kind, String answer) {
        credentialKind = kind;
        credential = JSONObject.fromObject(answer);
    }

    /** Who has yet to approve what. */
    TestApprovals approvals() {
        return approvals;
    }

    /** Nobody listens any more. */
    void goDown() {
        server.stop(0);
    }

    List<IssuerRequest> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** In the order in which they were given. */
    List<String> tokens() {
        return ledger.all().stream().map(entry -> entry.token).toList();
    }

    String onlyToken() {
        List<String> tokens = tokens();
        if (tokens.size() != 1) {
            throw new AssertionError(tokens.size() + " tokens were given");
        }
        return tokens.get(0);
    }

    String handle(String token) {
        return ledger.byToken(token).orElseThrow().handle;
    }

    Standing standing(String token) {
        return ledger.byToken(token).orElseThrow().standing();
    }

    /** All of them, on every path. */
    int requests() {
        return requests.size();
    }

    /** How many requests a slow issuer had before it at the same time. */
    int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** By an administrator, behind the holder's back. */
    void kill(String token) {
        ledger.byToken(token).orElseThrow().close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            IssuerRequest request = IssuerRequest.of(
                    path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            answer(exchange, request, moods.getOrDefault(path, Mood.RIGHT));
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange, IssuerRequest request, Mood mood) throws IOException {
        switch (mood) {
            case RIGHT, TAKES_ALL_FOR_REAL -> send(exchange, right(request));
            case REFUSES -> send(exchange, Answer.refusal("invalid_authorization_details"));
            case BUSY -> send(exchange, Answer.error(503, "temporarily_unavailable"));
            case SILENT -> fallSilent(request);
            case SLOW -> {
                think();
                send(exchange, right(request));
            }
            case HTML -> send(exchange, 200, "text/html", "<html><title>Please log in</title></html>");
            case HUGE -> send(exchange, 200, "application/json", "{\"x\":\"" + "y".repeat(200_000) + "\"}");
            case REDIRECTS -> {
                exchange.getResponseHeaders().set("Location", "https://stranger.example/token");
                send(exchange, 307, "text/plain", "");
            }
            default -> throw new IllegalStateException(mood.name());
        }
    }

    /** Until the mood changes; then the connection breaks. */
    private void fallSilent(IssuerRequest request) {
        right(request);
        try {
            while (moods.get(request.path()) == Mood.SILENT && !over.await(50, TimeUnit.MILLISECONDS)) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void think() {
        int now = thinking.incrementAndGet();
        mostAtOnce.accumulateAndGet(now, Math::max);
        try {
            over.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thinking.decrementAndGet();
        }
    }

    private Answer right(IssuerRequest request) {
        return switch (request.path()) {
            case "/token" -> token(request);
            case "/renew" -> renew(request);
            case "/revoke" -> revoke(request);
            case "/credential" ->
                ledger.byToken(request.get("token")).isPresent()
                                && !request.get("holder_verifier").isEmpty()
                        ? new Answer(200, credential)
                        : Answer.refusal("invalid_grant");
            case "/healthz" -> new Answer(200, new JSONObject());
            default -> Answer.error(404, "invalid_request");
        };
    }

    private Answer token(IssuerRequest request) {
        String idToken = request.get("subject_token");
        Optional<JSONObject> caller = proof.claims(idToken, request.get("txn"));
        Optional<Entry> before = ledger.byProof(idToken);
        boolean replay = before.filter(
                        entry -> !entry.txn.equals(request.get("txn")) || entry.standing() != Standing.ALIVE)
                .isPresent();
        if (caller.isEmpty() || replay) {
            return Answer.refusal("invalid_request");
        }
        JSONArray details = JSONArray.fromObject(request.get("authorization_details"));
        boolean takesAll = moods.get("/token") == Mood.TAKES_ALL_FOR_REAL;
        if (!allows(details) && !takesAll) {
            return Answer.refusal("invalid_authorization_details");
        }
        if (request.get("dry_run").equals("true") && !takesAll) {
            var would = new JSONObject().element("would_grant", true);
            return new Answer(
                    200, approvals.areRequired() ? would.element("needs_approval", approvals.groups()) : would);
        }
        Optional<JSONObject> waits =
                before.isPresent() ? Optional.empty() : approvals.answer(request.get("txn"), url());
        if (waits.isPresent()) {
            return new Answer(400, waits.get());
        }
        Answer granted = granted(before.orElseGet(() -> add(request, caller.get(), idToken, details)));
        if (!credentialKind.isEmpty()) {
            granted.body().element("credential_kind", credentialKind);
        }
        return granted;
    }

    private static boolean allows(JSONArray details) {
        return details.stream().allMatch(detail -> TASKS.contains(((JSONObject) detail).getString("task")));
    }

    private Entry add(IssuerRequest request, JSONObject caller, String idToken, JSONArray details) {
        for (Object detail : details) {
            ((JSONObject) detail).putIfAbsent("actions", JSONArray.fromObject(List.of("sign")));
        }
        Duration wanted = seconds(request, "requested_expires_in").orElse(LONGEST);
        Duration lifetime = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
        return ledger.add(
                caller,
                idToken,
                request.get("txn"),
                details,
                lifetime,
                seconds(request, "lease"),
                request.get("holder_challenge"));
    }

    private static Answer granted(Entry entry) {
        var body = new JSONObject()
                .element("access_token", entry.token)
                .element("issued_token_type", "urn:ietf:params:oauth:token-type:access_token")
                .element("token_type", "Bearer")
                .element(
                        "expires_in",
                        Duration.between(Instant.now(), entry.expires).toSeconds() + 1)
                .element("authorization_details", entry.details)
                .element("jti", entry.handle)
                .element("txn", entry.txn);
        entry.lease.ifPresent(lease -> body.element("lease_expires_in", lease.toSeconds()));
        return new Answer(200, body);
    }

    private Answer renew(IssuerRequest request) {
        return ledger.byToken(request.get("token"))
                .filter(entry -> entry.renew(request.get("holder_verifier")))
                .map(entry -> new Answer(
                        200,
                        new JSONObject()
                                .element(
                                        "lease_expires_in",
                                        entry.lease.orElseThrow().toSeconds())))
                .orElseGet(() -> Answer.refusal("invalid_grant"));
    }

    private Answer revoke(IssuerRequest request) {
        if (request.get("subject_token").isEmpty()) {
            ledger.byToken(request.get("token")).ifPresent(Entry::close);
            return new Answer(200, new JSONObject());
        }
        Optional<JSONObject> caller = proof.claims(request.get("subject_token"), "");
        caller.flatMap(claims -> ledger.byHandle(request.get("handle"))
                        .filter(entry -> entry.run.equals(TestLedger.run(claims))))
                .ifPresent(Entry::close);
        return caller.isPresent() ? new Answer(200, new JSONObject()) : Answer.refusal("invalid_request");
    }

    private static Optional<Duration> seconds(IssuerRequest request, String name) {
        String text = request.get(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        send(exchange, answer.status, "application/json", answer.body.toString());
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private record Answer(int status, JSONObject body) {
        static Answer refusal(String code) {
            return error(400, code);
        }

        static Answer error(int status, String code) {
            return new Answer(status, new JSONObject().element("error", code).element("request_id", REQUEST_ID));
        }
    }
}
