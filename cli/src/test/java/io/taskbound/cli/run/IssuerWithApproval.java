// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.overhttp.LiveIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A real issuer behind a front that plays given answers to the first requests for a token: moments that a real approval
 * does not meet at will, such as a grant in the very moment of a signal. All else is the issuer's own answer.
 */
final class IssuerWithApproval implements AutoCloseable {
    static final String ID = "cnVucnVucnVucnVucnVucg.aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";
    static final String OTHER = "cnVucnVucnVucnVucnVucg.b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q";

    private final HttpServer server;
    private final LiveIssuer real;
    private final Queue<Turn> turns = new ArrayDeque<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    /** What is answered to one request for a token. */
    interface Turn {
        void play(HttpExchange exchange, byte[] body) throws IOException;
    }

    IssuerWithApproval(LiveIssuer real) throws IOException {
        this.real = real;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "issuer-with-approval");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    /** The last one for ever. */
    IssuerWithApproval playing(Turn... script) {
        turns.addAll(Arrays.asList(script));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Path and body of each request, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The values of one parameter in the requests for a token. */
    List<String> asked(String parameter) {
        return calls().stream()
                .filter(call -> call.startsWith("/token "))
                .map(call -> value(call.substring("/token ".length()), parameter))
                .toList();
    }

    private static String value(String form, String name) {
        var match = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(form);
        return match.find() ? URLDecoder.decode(match.group(1), UTF_8) : "";
    }

    /** An answer that asks for approval. */
    Turn pending(String id) {
        return error(
                "authorization_pending",
                "\"approval_id\":\"" + id + "\",\"approval_uri\":\"" + url()
                        + "/approve/" + id
                        + "\",\"interval\":1,\"expires_in\":900,\"approvers\":[\"release-managers\"],"
                        + "\"approvals_needed\":1,\"approvals_given\":0");
    }

    Turn error(String code, String members) {
        return (exchange, body) -> answer(
                exchange,
                400,
                ("{\"error\":\"" + code + "\",\"error_description\":\"as the issuer words it\",\"request_id\":\"r-1\","
                                + members + "}")
                        .getBytes(UTF_8));
    }

    /** What the issuer behind answers. */
    Turn real() {
        return this::forward;
    }

    /** The same, once {@link #letGo} says so. */
    Turn heldBack() {
        return (exchange, body) -> {
            reached.countDown();
            await(held);
            forward(exchange, body);
        };
    }

    void awaitHeldBack() {
        await(reached);
    }

    void letGo() {
        held.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not come that far");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            calls.add(path + " " + new String(body, UTF_8));
            if (path.equals("/token")) {
                next().play(exchange, body);
            } else {
                forward(exchange, body);
            }
        }
    }

    private synchronized Turn next() {
        return turns.size() > 1 ? turns.remove() : turns.element();
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(real.url() + exchange.getRequestURI()))
                .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                .build();
        try {
            var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        held.countDown();
        server.stop(0);
    }
}
