// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.local.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * OpenBao on this machine, over real HTTP on loopback: the part of its API that a JWT login, its tokens and one store
 * of secrets need. It is set up by the same requests as the real one. It fetches the keys of the issuer that it
 * believes and verifies signatures, claims, policies and lifetimes; it keeps everything in memory.
 */
public final class StandInOpenbao implements AutoCloseable {
    private static final int SLOW_MILLIS = 30_000;
    private static final int HUGE_OCTETS = 64 * 1024 * 1024;
    private static final String ANYWHERE = "";

    private final HttpServer http;
    private final ExecutorService threads;
    private final Clock clock;
    private final Map<String, Realm> realms = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private volatile Trouble trouble = Trouble.NONE;
    private volatile String troubled = ANYWHERE;
    private volatile Optional<BaoAnswer> instead = Optional.empty();
    private volatile boolean answersAreLost;
    private volatile UnaryOperator<String> rewritten = UnaryOperator.identity();
    private volatile Optional<String> retryAfter = Optional.empty();

    private StandInOpenbao(HttpServer http, ExecutorService threads, Clock clock) throws BaoFault {
        this.http = http;
        this.threads = threads;
        this.clock = clock;
        realms.put("", new Realm(clock));
    }

    /** @param clock what tokens and JWTs live by */
    public static StandInOpenbao start(Clock clock) throws IOException {
        var threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "stand-in-openbao");
            thread.setDaemon(true);
            return thread;
        });
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try {
            var bao = new StandInOpenbao(HttpServer.create(new InetSocketAddress(loopback, 0), 0), threads, clock);
            bao.http.setExecutor(threads);
            bao.http.createContext("/", bao::handle);
            bao.http.start();
            return bao;
        } catch (BaoFault ownPolicy) {
            throw new IllegalStateException(ownPolicy);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** May do everything. */
    public String rootToken() {
        return Realm.ROOT;
    }

    /**
     * What becomes of requests from now on.
     *
     * @param paths how the paths begin, without {@code /v1/}; empty for all. After the path of a login come a blank and
     *     the role
     */
    public void trouble(Trouble next, String paths) {
        trouble = next;
        troubled = paths;
    }

    /** Answers requests of such paths with this from now on; done is what they ask for all the same. */
    public void instead(String paths, int status, String type, String body) {
        troubled = paths;
        instead = Optional.of(new BaoAnswer(status, type, body));
    }

    /** Does what requests of such paths ask for, and answers with another text. */
    public void rewrite(String paths, UnaryOperator<String> body) {
        troubled = paths;
        rewritten = body;
    }

    /** Says with every answer when to ask again. */
    public void retryAfter(String text) {
        retryAfter = Optional.of(text);
    }

    /** Does what requests of such paths ask for, and then closes the connection without an answer. */
    public void loseAnswers(String paths) {
        troubled = paths;
        answersAreLost = true;
    }

    /** Behaves again. */
    public void behave() {
        trouble = Trouble.NONE;
        instead = Optional.empty();
        answersAreLost = false;
        rewritten = UnaryOperator.identity();
        retryAfter = Optional.empty();
        troubled = ANYWHERE;
    }

    /** How many requests of this path have come. */
    public int requests(String path) {
        return requests.getOrDefault(path, new AtomicInteger()).get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().replaceFirst("^/v1/", "");
            requests.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (called(path, body).startsWith(troubled)) {
                misbehaveOrAnswer(exchange, path, body);
            } else {
                send(exchange, answer(exchange, path, body));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static String called(String path, String body) {
        try {
            return path.endsWith("/login") ? path + " " + Fields.parse(body).text("role", "") : path;
        } catch (BaoFault notJson) {
            return path;
        }
    }

    private void misbehaveOrAnswer(HttpExchange exchange, String path, String body)
            throws IOException, InterruptedException {
        switch (trouble) {
            case NONE -> {
                var answer = answer(exchange, path, body);
                if (!answersAreLost) {
                    send(exchange, instead.orElse(answer.with(rewritten.apply(answer.body()))));
                }
            }
            case DOWN -> {}
            case SLOW -> Thread.sleep(SLOW_MILLIS);
            case DRIPPING -> drip(exchange);
            case HUGE -> send(exchange, new BaoAnswer(200, "application/json", " ".repeat(HUGE_OCTETS)));
            case REDIRECTING -> {
                exchange.getResponseHeaders().set("Location", address() + "/v1/elsewhere/" + path);
                exchange.sendResponseHeaders(307, -1);
            }
            case WEB_PAGE -> send(exchange, new BaoAnswer(200, "text/html", "<html><body>Sign in</body></html>"));
            case ERROR -> send(exchange, BaoAnswer.of(new BaoFault(500, "internal error")));
        }
    }

    private static void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < SLOW_MILLIS / 100; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            Thread.sleep(100);
        }
    }

    private void send(HttpExchange exchange, BaoAnswer answer) throws IOException {
        var body = answer.body().getBytes(UTF_8);
        retryAfter.ifPresent(text -> exchange.getResponseHeaders().set("Retry-After", text));
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), answer.status() == 204 ? -1 : body.length);
        if (answer.status() != 204) {
            exchange.getResponseBody().write(body);
        }
    }

    private BaoAnswer answer(HttpExchange exchange, String path, String body) {
        try {
            var headers = exchange.getRequestHeaders();
            var namespace = Optional.ofNullable(headers.getFirst("X-Vault-Namespace"))
                    .orElse("")
                    .replaceAll("^/|/$", "");
            var realm = Optional.ofNullable(realms.get(namespace))
                    .orElseThrow(() -> new BaoFault(404, "namespace not found"));
            var token = Optional.ofNullable(headers.getFirst("X-Vault-Token"));
            return answer(realm, exchange.getRequestMethod(), path, token, Fields.parse(body));
        } catch (BaoFault fault) {
            return BaoAnswer.of(fault);
        }
    }

    private BaoAnswer answer(Realm realm, String method, String path, Optional<String> token, Fields fields)
            throws BaoFault {
        if (path.equals("sys/health")) {
            return new BaoAnswer(200, "application/json", "{\"initialized\":true,\"sealed\":false,\"standby\":false}");
        }
        if (path.startsWith("auth/") && path.endsWith("/login")) {
            var auth = realm.auth(path.substring("auth/".length(), path.length() - "/login".length()));
            return BaoAnswer.auth(realm.logIn(auth, fields).auth(realm.now()));
        }
        realm.requireAllowed(token, path, method.equals("GET") ? "read" : "update");
        if (path.startsWith("auth/token/")) {
            return ofTokens(realm, path.substring("auth/token/".length()), token, fields);
        }
        if (path.startsWith("secret/data/")) {
            return ofSecrets(realm, method, path, fields);
        }
        return ofSettings(realm, method, path, fields);
    }

    private static BaoAnswer ofTokens(Realm realm, String operation, Optional<String> token, Fields fields)
            throws BaoFault {
        var named = realm.byAccessor(fields.text("accessor", ""));
        switch (operation) {
            case "lookup-self" -> {
                return BaoAnswer.data(realm.live(token).about(realm.now()));
            }
            case "lookup-accessor" -> {
                return BaoAnswer.data(named.orElseThrow(() -> BaoFault.badRequest("invalid accessor"))
                        .about(realm.now()));
            }
            case "renew-self" -> {
                return BaoAnswer.auth(realm.renew(realm.live(token)).auth(realm.now()));
            }
            case "revoke-self" -> {
                realm.revoke(realm.live(token));
                return BaoAnswer.nothing();
            }
            case "revoke-accessor" -> {
                named.ifPresent(realm::revoke);
                return named.isPresent() ? BaoAnswer.nothing() : BaoAnswer.warning("No token found with this accessor");
            }
            case "accessors" -> {
                return BaoAnswer.data(Map.of("keys", realm.accessors()));
            }
            default -> throw new BaoFault(404, "unsupported path");
        }
    }

    private static BaoAnswer ofSecrets(Realm realm, String method, String path, Fields fields) throws BaoFault {
        if (method.equals("GET")) {
            return BaoAnswer.data(Map.of("data", realm.read(path)));
        }
        realm.write(path, fields.map("data"));
        return BaoAnswer.data(Map.of("version", 1));
    }

    private BaoAnswer ofSettings(Realm realm, String method, String path, Fields fields) throws BaoFault {
        if (path.equals("sys/auth") && method.equals("GET")) {
            return BaoAnswer.data(realm.auths());
        }
        if (path.startsWith("sys/auth/")) {
            realm.enable(path.substring("sys/auth/".length()));
        } else if (path.startsWith("sys/namespaces/")) {
            realms.putIfAbsent(path.substring("sys/namespaces/".length()), new Realm(clock));
        } else if (path.startsWith("sys/policies/acl/")) {
            realm.policy(
                    path.substring("sys/policies/acl/".length()),
                    AclPolicy.parse(fields.text("policy", ""), fields.flag("allow_slashes_in_identity_templates")));
        } else if (path.startsWith("auth/") && path.endsWith("/config")) {
            realm.auth(path.substring("auth/".length(), path.length() - "/config".length()))
                    .configure(fields);
        } else if (path.startsWith("auth/") && path.contains("/role/")) {
            int at = path.indexOf("/role/");
            realm.auth(path.substring("auth/".length(), at)).role(path.substring(at + "/role/".length()), fields);
        } else {
            throw new BaoFault(404, "unsupported path");
        }
        return BaoAnswer.nothing();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
