// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The side of Lambda that a runtime talks to: hands over events, takes answers and failures. Loopback only. */
final class RuntimeApi implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    final CompletableFuture<String> initFailure = new CompletableFuture<>();
    final CompletableFuture<Void> snapshotTaken = new CompletableFuture<>();
    /** To be completed by a test that lets the function take a snapshot: from then on it is restored. */
    final CompletableFuture<Void> restoring = new CompletableFuture<>();

    private volatile Invocation current;
    private volatile long handedOver;
    private volatile long answered;

    private record Invocation(String id, String event, CompletableFuture<String> answer) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/2018-06-01/runtime/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What the function answers to the event; an error that it reports is an {@link AssertionError}. */
    String invoke(String event) {
        var invocation = new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
        waiting.add(invocation);
        return await(invocation.answer());
    }

    /** {@link System#nanoTime} of when the last answer arrived. */
    long answeredNanos() {
        return answered;
    }

    /** How long the function had the last event. */
    Duration lastTook() {
        return Duration.ofNanos(answered - handedOver);
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring("/2018-06-01/runtime/".length());
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            switch (path) {
                case "invocation/next" -> handOver(exchange);
                case "restore/next" -> restore(exchange);
                case "init/error" -> {
                    initFailure.complete(body);
                    send(exchange, 202, "{}");
                }
                default -> conclude(exchange, path, body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOver(HttpExchange exchange) throws IOException, InterruptedException {
        current = waiting.take();
        var headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", current.id());
        headers.add("Lambda-Runtime-Deadline-Ms", "4102444800000");
        headers.add(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:111122223333:function:taskbound");
        handedOver = System.nanoTime();
        send(exchange, 200, current.event());
    }

    private void restore(HttpExchange exchange) throws IOException {
        snapshotTaken.complete(null);
        await(restoring);
        send(exchange, 200, "{}");
    }

    private void conclude(HttpExchange exchange, String path, String body) throws IOException {
        answered = System.nanoTime();
        if (path.equals("invocation/" + current.id() + "/response")) {
            current.answer().complete(body);
        } else {
            current.answer().completeExceptionally(new AssertionError(path + ": " + body));
        }
        send(exchange, 202, "{}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
