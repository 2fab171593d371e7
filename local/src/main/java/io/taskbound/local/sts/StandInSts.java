// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.local.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * AWS STS on this machine, over real HTTP on loopback: AssumeRole and GetCallerIdentity. It verifies the signature of
 * each request (Signature Version 4), refuses what AWS refuses by its documented limits and by the trust of its roles,
 * and answers in AWS's XML. It evaluates no policy: its sessions open nothing.
 */
public final class StandInSts implements AutoCloseable {
    private static final int SLOW_MILLIS = 30_000;
    private static final int HUGE_OCTETS = 64 * 1024 * 1024;

    private final HttpServer http;
    private final ExecutorService threads;
    private final RoleSessions sessions;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Trouble trouble = Trouble.NONE;
    private volatile Optional<StsAnswer> instead = Optional.empty();

    private StandInSts(HttpServer http, ExecutorService threads, Clock clock) {
        this.http = http;
        this.threads = threads;
        this.sessions = new RoleSessions(clock);
    }

    /** @param clock what signatures and sessions are dated by */
    public static StandInSts start(Clock clock) throws IOException {
        var threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "stand-in-sts");
            thread.setDaemon(true);
            return thread;
        });
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var sts = new StandInSts(HttpServer.create(new InetSocketAddress(loopback, 0), 0), threads, clock);
        sts.http.setExecutor(threads);
        sts.http.createContext("/", sts::handle);
        sts.http.start();
        return sts;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** From now on, requests signed with this key are this principal's. */
    public void key(String keyId, String secret, String principalArn) {
        sessions.add(keyId, new Principal(principalArn, secret, Optional.empty(), Optional.empty()));
    }

    /** Adds the role, or replaces it. */
    public void role(StandInRole role) {
        sessions.add(role);
    }

    /**
     * AWS packs policy and tags into a form of its own and refuses what is too large, without saying how it packs. Here
     * they are deflated; without a limit, none is too large.
     */
    public void packedLimit(int octets) {
        sessions.packedLimit(octets);
    }

    /** What becomes of requests from now on. */
    public void trouble(Trouble next) {
        trouble = next;
    }

    /** Answers every request from now on with this. */
    public void instead(int status, String body) {
        instead = Optional.of(new StsAnswer(status, "text/xml", body));
    }

    /** In the order in which they were given. */
    public List<GrantedSession> sessions() {
        return sessions.given();
    }

    /** How many have come, repetitions included. */
    public int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            var body = exchange.getRequestBody().readAllBytes();
            switch (trouble) {
                case NONE -> send(exchange, instead.orElseGet(() -> answer(exchange, body)));
                case DOWN -> {}
                case SLOW -> Thread.sleep(SLOW_MILLIS);
                case DRIPPING -> drip(exchange);
                case HUGE -> send(exchange, new StsAnswer(200, "text/xml", " ".repeat(HUGE_OCTETS)));
                case REDIRECTING -> {
                    exchange.getResponseHeaders().set("Location", endpoint() + "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                }
                case WEB_PAGE -> send(exchange, new StsAnswer(200, "text/html", "<html><body>Sign in</body></html>"));
                case ERROR ->
                    send(
                            exchange,
                            StsAnswer.of(new StsFault(500, "InternalFailure", "We encountered an internal error")));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        while (true) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            Thread.sleep(100);
        }
    }

    private StsAnswer answer(HttpExchange exchange, byte[] body) {
        try {
            var request = SignedRequest.read(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestHeaders(),
                    body);
            return sessions.answer(sessions.principal(request), form(new String(body, UTF_8)));
        } catch (StsFault fault) {
            return StsAnswer.of(fault);
        }
    }

    private static Map<String, String> form(String body) throws StsFault {
        var form = new LinkedHashMap<String, String>();
        for (var pair : body.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length != 2
                    || form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8)) != null) {
                throw new StsFault(400, "MalformedInput", "a parameter without a value, or one sent twice");
            }
        }
        return form;
    }

    private static void send(HttpExchange exchange, StsAnswer answer) throws IOException {
        var body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
