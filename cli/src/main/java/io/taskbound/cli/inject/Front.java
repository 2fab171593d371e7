// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JDK's HTTP server on a free port of 127.0.0.1, with a thread for each connection that is at work. Bodies stream,
 * so it has no limit on how long a whole request may take; a head that does not arrive, and a request of which no octet
 * arrives for too long, are cut off.
 */
final class Front {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int CONNECTIONS = 256;
    private static final int BACKLOG = 64;
    private static final int IDLE_SECONDS = 10;
    private static final long LOOKS_PER_LIMIT = 4;

    static {
        // The server reads its limits once, from system properties, when its first instance is made.
        limit("sun.net.httpserver.idleInterval", 30);
        limit("sun.net.httpserver.maxReqHeaders", 100);
        limit("sun.net.httpserver.maxReqHeaderSize", 32 * 1024);
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
        // Without it an answer waits for the caller's delayed acknowledgement: 40 ms a request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final HeadWatch heads;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemons("clock"));
    private final Set<Underway> underway = ConcurrentHashMap.newKeySet();
    private final Limits limits;
    private volatile boolean ended;

    private Front(HttpServer server, Limits limits) {
        this.server = server;
        this.limits = limits;
        this.heads = new HeadWatch(limits.head().toNanos());
        this.threads = new ThreadPoolExecutor(
                0, CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("http"));
    }

    /** What is done with each exchange. */
    @FunctionalInterface
    interface Handler {
        void handle(HttpExchange exchange, Underway underway) throws IOException;
    }

    /** Takes a port; nothing is answered before {@link #serve}. */
    static Front bind(Limits limits) throws IOException {
        return new Front(
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), BACKLOG), limits);
    }

    /** Host and port. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void serve(Handler handler) {
        server.setExecutor(work -> threads.execute(heads.watched(work)));
        server.createContext("/", exchange -> {
            heads.headIsThere();
            handle(exchange, handler);
        });
        server.start();
        long millis = Math.max(1, limits.head().toMillis() / LOOKS_PER_LIMIT);
        var unused = clock.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A fault that leaves here closes the connection, so that half an answer is not taken for a whole one. */
    private void handle(HttpExchange exchange, Handler handler) throws IOException {
        if (ended) {
            Handling.turnAway(exchange, TurnedAway.ENDED);
            return;
        }
        var one = new Underway();
        underway.add(one);
        try {
            if (ended) {
                one.stop();
            }
            handler.handle(exchange, one);
        } finally {
            underway.remove(one);
            one.end();
        }
    }

    private void look() {
        heads.cutTheLate();
        underway.stream()
                .filter(one -> one.idleNanos() > limits.idle().toNanos())
                .forEach(Underway::stop);
    }

    /**
     * Nothing is passed on from now on, and what is under way is broken off; returns at once. The port and all
     * connections are closed soon after, by a thread of its own.
     */
    void end() {
        ended = true;
        underway.forEach(Underway::stop);
        clock.shutdownNow();
        var closing = new Thread(
                () -> {
                    server.stop(0);
                    threads.shutdownNow();
                },
                "taskbound-inject-end");
        closing.setDaemon(true);
        closing.start();
    }

    static ThreadFactory daemons(String name) {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(work, "taskbound-inject-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
