// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The service behind a gateway: it does whatever reaches it, and remembers what did. */
final class Upstream implements AutoCloseable {
    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** A request that came through, with the names of its header fields in lower case. */
    record Seen(String line, Map<String, List<String>> headers) {}

    Upstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, List<String>>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            seen.add(new Seen(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers));
            exchange.getRequestBody().readAllBytes();
            var done = "done\n".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, done.length);
            exchange.getResponseBody().write(done);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
