// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

/**
 * The side of Lambda that one instance of a function talks to, its Runtime API on loopback: hands over one event after
 * the other, and takes the answers. When the function says that it can be stored, it waits until it is restored.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String PATH = "/2018-06-01/runtime/";
    private static final long PATIENCE_SECONDS = 60;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private volatile boolean storable;
    private volatile boolean ready;
    private volatile String fault = "";
    private volatile Invocation current;

    private static final class Invocation {
        private final String id = UUID.randomUUID().toString();
        private final byte[] event;
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private volatile long handedOver;
        private volatile long answered;

        Invocation(byte[] event) {
            this.event = event;
        }
    }

    /** @param took from when the function had the event until its answer was there */
    record Answer(String body, Duration took) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, this::take);
        server.setExecutor(threads);
        server.start();
        current = new Invocation(new byte[0]);
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether the function waits for its first event. */
    boolean isReady() throws IOException {
        failIfFaulty();
        return ready;
    }

    /** Whether the function waits to be stored. */
    boolean isStorable() throws IOException {
        failIfFaulty();
        return storable;
    }

    private void failIfFaulty() throws IOException {
        if (!fault.isEmpty()) {
            throw new IOException("the function does not start: " + fault);
        }
    }

    void restore() {
        restored.complete(null);
    }

    Answer invoke(byte[] event) throws IOException {
        var invocation = new Invocation(event);
        waiting.add(invocation);
        try {
            var body = invocation.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Answer(body, Duration.ofNanos(invocation.answered - invocation.handedOver));
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("the function does not answer", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private void take(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring(PATH.length());
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        try (exchange) {
            switch (path) {
                case "invocation/next" -> handOver(exchange);
                case "restore/next" -> {
                    storable = true;
                    restored.get();
                    send(exchange, 200, new byte[0]);
                }
                case "init/error", "restore/error" -> {
                    fault = body;
                    send(exchange, 202, new byte[0]);
                }
                default -> conclude(exchange, path, body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException never) {
            throw new IOException(never);
        }
    }

    private void handOver(com.sun.net.httpserver.HttpExchange exchange) throws IOException, InterruptedException {
        ready = true;
        var invocation = waiting.take();
        current = invocation;
        var headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", invocation.id);
        headers.add("Lambda-Runtime-Deadline-Ms", "4102444800000");
        headers.add(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:111122223333:function:taskbound");
        invocation.handedOver = System.nanoTime();
        send(exchange, 200, invocation.event);
    }

    private void conclude(com.sun.net.httpserver.HttpExchange exchange, String path, String body) throws IOException {
        var invocation = current;
        invocation.answered = System.nanoTime();
        if (path.equals("invocation/" + invocation.id + "/response")) {
            send(exchange, 202, new byte[0]);
            invocation.answer.complete(body);
        } else {
            send(exchange, 202, new byte[0]);
            invocation.answer.completeExceptionally(new IOException(path + ": " + body));
        }
    }

    private static void send(com.sun.net.httpserver.HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        restored.complete(null);
        server.stop(0);
        threads.shutdownNow();
    }
}
