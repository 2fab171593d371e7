// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The JDK's HTTP server in front of a handler, on 127.0.0.1 unless told. Of a body the handler gets one byte more than
 * it accepts, so that it sees that it is too long; a request that takes longer than {@value #REQUEST_SECONDS} s to
 * arrive is cut off. Each connection has a thread of its own, and only what has arrived whole takes one of
 * {@value #WORKERS} places in the handler: whoever sends half a request, or reads no answer, holds up nobody else. What
 * is not HTTP at all the JDK's server refuses by itself, with a line of HTML.
 */
public final class LocalServer implements AutoCloseable {
    /** The longest that an endpoint takes: the events of CI systems. */
    static final int MAX_BODY = 256 * 1024;

    private static final long MAX_DISCARDED = 16L * 1024 * 1024;
    private static final int REQUEST_SECONDS = 10;
    private static final int ANSWER_SECONDS = 30;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    static final int WORKERS = 16;

    /** So many connections, and threads, at once; more are closed as they come. */
    private static final int CONNECTIONS = 1024;

    /** A request that waited for more than these would be cut off before its turn comes. */
    static final int MAX_WAITING = 256;

    /** Connections that the system takes for us until we come round to them. */
    private static final int BACKLOG = 1024;

    /** A later answer would be cut off. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(ANSWER_SECONDS);

    private static final int STOP_SECONDS = 10;
    /** For what is arriving at this moment. */
    private static final int ARRIVAL_SECONDS = 1;

    private static final int IDLE_SECONDS = 10;

    static {
        // The server reads its limits once, from system properties, when its first instance is made.
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
        limit("sun.net.httpserver.idleInterval", ANSWER_SECONDS);
        limit("sun.net.httpserver.maxReqHeaders", 100);
        limit("sun.net.httpserver.maxReqHeaderSize", 32 * 1024);
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
        // Without it an answer waits for the caller's delayed acknowledgement: 40 ms a request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Places places = new Places(WORKERS, MAX_WAITING, LONGEST_WAIT);
    private final AtomicInteger arrived = new AtomicInteger();

    private LocalServer(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Takes the port; nothing is answered before {@link #serve}.
     *
     * @param port 0 for a free one
     * @throws java.net.BindException when the port is taken
     */
    public static LocalServer bind(int port) throws IOException {
        return bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
    }

    /**
     * The same on another address, for a server that is meant to be reached from elsewhere, such as from another
     * container.
     */
    public static LocalServer bind(InetSocketAddress address) throws IOException {
        var server = HttpServer.create(address, BACKLOG);
        var number = new AtomicInteger();
        var threads = new ThreadPoolExecutor(
                0, CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    var thread = new Thread(work, "taskbound-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(threads);
        return new LocalServer(server, threads);
    }

    /** Starts answering. The handler never throws and is called on several threads at once. */
    public void serve(Function<LocalRequest, LocalAnswer> handler) {
        serve(handler, handler);
    }

    /** @param whenBusy quickly turns a request away when more than {@value #MAX_WAITING} others wait behind it */
    public void serve(Function<LocalRequest, LocalAnswer> handler, Function<LocalRequest, LocalAnswer> whenBusy) {
        start(request -> places.work(() -> handler.apply(request), () -> whenBusy.apply(request)));
    }

    /** For a handler that itself limits how much it does at once; only connections are limited here. */
    public void serveAll(Function<LocalRequest, LocalAnswer> handler) {
        start(handler::apply);
    }

    private void start(Handler handler) {
        server.createContext("/", exchange -> answer(exchange, handler));
        server.start();
    }

    /** May wait before it begins. */
    private interface Handler {
        LocalAnswer handle(LocalRequest request) throws InterruptedException;
    }

    /** Where it listens, such as {@code http://127.0.0.1:8787}. */
    public String url() {
        var address = server.getAddress();
        var host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Finishes the requests that have arrived, for at most {@value #STOP_SECONDS} s, and takes no more. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(ARRIVAL_SECONDS, TimeUnit.SECONDS)) {
                awaitAnswers(STOP_SECONDS - ARRIVAL_SECONDS);
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
    }

    /** What never arrived whole is not waited for. */
    private void awaitAnswers(int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (arrived) {
            for (long left = end - System.nanoTime(); arrived.get() > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(arrived, left);
            }
        }
    }

    private void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            var request = read(exchange);
            arrived.incrementAndGet();
            try {
                send(exchange, handler.handle(request));
            } finally {
                synchronized (arrived) {
                    arrived.decrementAndGet();
                    arrived.notifyAll();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, LocalAnswer response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        response.cookies().forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
        byte[] body = response.body();
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    private static LocalRequest read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        var body = body(exchange.getRequestBody());
        return new LocalRequest(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    /**
     * What is too long is let arrive all the same, up to a bound: a connection that is closed with bytes unread is
     * reset, and then the caller never hears why.
     */
    private static byte[] body(InputStream in) throws IOException {
        var body = in.readNBytes(MAX_BODY + 1);
        var discarded = new byte[MAX_BODY];
        int octets = body.length > MAX_BODY ? discarded.length : 0;
        for (long left = MAX_DISCARDED; left > 0 && octets > 0; left -= octets) {
            octets = in.readNBytes(discarded, 0, discarded.length);
        }
        return body;
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
