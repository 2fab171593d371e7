// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An HTTP server on loopback that plays given turns, the last one for ever, and keeps each request exactly as it came.
 */
final class IssuerStandIn implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<Turn> turns = new ArrayDeque<>();
    private final List<Received> received = new ArrayList<>();

    /** What the stand-in does with one request. */
    interface Turn {
        void play(HttpExchange exchange) throws IOException;
    }

    record Received(
            String method,
            String path,
            String authorization,
            String contentType,
            String accept,
            List<String> dpop,
            String body) {
        Map<String, String> form() {
            var form = new LinkedHashMap<String, String>();
            for (String pair : body.split("&")) {
                String[] parts = pair.split("=", 2);
                form.put(decoded(parts[0]), decoded(parts[1]));
            }
            return form;
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    IssuerStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    IssuerStandIn playing(Turn... script) {
        synchronized (turns) {
            turns.clear();
            turns.addAll(Arrays.asList(script));
        }
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    Received only() {
        if (received().size() != 1) {
            throw new AssertionError("expected one request, got "
                    + received().stream().map(Received::path).collect(Collectors.joining(", ", "[", "]")));
        }
        return received().get(0);
    }

    static Turn json(int status, String body) {
        return answer(status, "application/json", body);
    }

    static Turn html(int status) {
        return answer(status, "text/html", "<html><body>CANARY-IN-BODY</body></html>");
    }

    static Turn answer(int status, String type, String body) {
        return exchange -> write(exchange, status, type, body);
    }

    /** With a nonce for the next proof (RFC 9449 section 8.2). */
    static Turn withNonce(String nonce, Turn turn) {
        return exchange -> {
            exchange.getResponseHeaders().set("DPoP-Nonce", nonce);
            turn.play(exchange);
        };
    }

    /** With a coding of its body, which is as given. */
    static Turn coded(String coding, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", coding);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    static Turn busy(int status, String retryAfter) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            write(
                    exchange,
                    status,
                    "application/json",
                    "{\"error\":\"temporarily_unavailable\",\"request_id\":\"r-busy\"}");
        };
    }

    static Turn redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            write(exchange, 307, "text/plain", "");
        };
    }

    /** Takes the request, then cuts the connection: the answer is lost. */
    static Turn cutOff() {
        return HttpExchange::close;
    }

    /** Answers the headers and half of the body, then nothing more. */
    Turn stallInBody() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"access".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            untilClosed();
        };
    }

    /** Takes the request and never answers. */
    Turn hang() {
        return exchange -> untilClosed();
    }

    static Turn endless(int bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = " ".repeat(8192).getBytes(StandardCharsets.UTF_8);
            for (int sent = 0; sent < bytes; sent += block.length) {
                exchange.getResponseBody().write(block);
            }
            exchange.close();
        };
    }

    private void untilClosed() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        keep(exchange);
        Turn turn;
        synchronized (turns) {
            turn = turns.size() > 1 ? turns.remove() : turns.element();
        }
        turn.play(exchange);
    }

    private void keep(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var one = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                header(exchange, "Authorization"),
                header(exchange, "Content-Type"),
                header(exchange, "Accept"),
                exchange.getRequestHeaders().getOrDefault("DPoP", List.of()),
                body);
        synchronized (received) {
            received.add(one);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void write(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
