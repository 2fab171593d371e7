// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Serves a few documents on 127.0.0.1, counts, and misbehaves on request. */
final class StandInServer implements AutoCloseable {
    private static final int HUGE_OCTETS = 64 * 1024 * 1024;
    private static final int SLOW_MILLIS = 30_000;
    private static final String ELSEWHERE = "/elsewhere";

    private final String scheme;
    private final HttpServer http;
    private final ExecutorService threads;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private volatile Trouble trouble = Trouble.NONE;

    private StandInServer(String scheme, HttpServer http, ExecutorService threads) {
        this.scheme = scheme;
        this.http = http;
        this.threads = threads;
    }

    static StandInServer start(int port, Optional<StandInTls> tls) throws IOException {
        var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        var threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "stand-in-provider");
            thread.setDaemon(true);
            return thread;
        });
        var server = tls.isPresent()
                ? new StandInServer("https", https(address, tls.get()), threads)
                : new StandInServer("http", HttpServer.create(address, 0), threads);
        server.http.setExecutor(threads);
        server.http.createContext("/", server::handle);
        server.http.start();
        return server;
    }

    private static HttpServer https(InetSocketAddress address, StandInTls tls) throws IOException {
        var server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        return server;
    }

    /** Certificates are for names. */
    String origin() {
        return scheme + "://" + (scheme.equals("https") ? "localhost" : "127.0.0.1") + ":"
                + http.getAddress().getPort();
    }

    /** A text and the media type that a request for it must accept. */
    private record Document(String type, String text) {
        boolean isAcceptedBy(String accept) {
            return Stream.of(accept.split(","))
                    .map(range -> range.split(";", 2)[0].strip())
                    .anyMatch(range -> range.equals("*/*") || range.equals(type));
        }
    }

    void serve(String path, String type, String text) {
        documents.put(path, new Document(type, text));
    }

    void trouble(Trouble next) {
        trouble = next;
    }

    int requests() {
        return requests.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    int requests(String path) {
        return requests.getOrDefault(path, new AtomicInteger()).get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            requests.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
            misbehaveOrAnswer(exchange, path);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void misbehaveOrAnswer(HttpExchange exchange, String path) throws IOException, InterruptedException {
        switch (trouble) {
            case NONE -> answer(exchange, path);
            case DOWN -> {}
            case SLOW -> Thread.sleep(SLOW_MILLIS);
            case DRIPPING -> drip(exchange);
            case HUGE -> flood(exchange, path);
            case REDIRECTING -> redirect(exchange, path);
            case WEB_PAGE -> send(exchange, 200, "text/html", "<html><body>Please sign in</body></html>");
            case ERROR -> send(exchange, 500, "application/json", "{}");
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        var document = documents.get(path);
        if (document == null) {
            send(exchange, 404, "application/json", "{}");
        } else if (document.isAcceptedBy(
                String.join(",", exchange.getRequestHeaders().getOrDefault("Accept", List.of("*/*"))))) {
            send(exchange, 200, document.type() + "; charset=utf-8", document.text());
        } else {
            send(exchange, 406, "text/plain", "406: Not Acceptable");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < SLOW_MILLIS / 100; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            Thread.sleep(100);
        }
    }

    private void flood(HttpExchange exchange, String path) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        var blanks = " ".repeat(64 * 1024).getBytes(UTF_8);
        for (int sent = 0; sent < HUGE_OCTETS; sent += blanks.length) {
            exchange.getResponseBody().write(blanks);
        }
        exchange.getResponseBody()
                .write(documents
                        .getOrDefault(path, new Document("", "{}"))
                        .text()
                        .getBytes(UTF_8));
    }

    private void redirect(HttpExchange exchange, String path) throws IOException {
        if (path.startsWith(ELSEWHERE)) {
            answer(exchange, path.substring(ELSEWHERE.length()));
        } else {
            exchange.getResponseHeaders().set("Location", origin() + ELSEWHERE + path);
            exchange.sendResponseHeaders(302, -1);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
