// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.mcp.gateway.Gateway;
import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Streamable HTTP before a gateway: one endpoint that takes POST, the metadata of RFC 9728, and {@code /healthz}. No
 * session is kept and no stream is opened: each answer is one JSON object, and each request needs its token.
 */
public final class HttpFront implements AutoCloseable {
    private static final int CONNECTIONS = 512;
    private static final int IDLE_SECONDS = 10;
    private static final int REQUEST_SECONDS = 10;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    static {
        // The server reads its limits once, from system properties, when its first instance is made.
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.idleInterval", 3 * REQUEST_SECONDS);
        limit("sun.net.httpserver.maxReqHeaders", MAX_HEADERS);
        limit("sun.net.httpserver.maxReqHeaderSize", MAX_HEADER_BYTES);
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
        // Without it an answer waits for the caller's delayed acknowledgement: 40 ms a request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private HttpFront(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Takes the address; nothing is answered before {@link #serve}.
     *
     * @throws java.net.BindException when it is taken
     */
    public static HttpFront bind(InetSocketAddress address) throws IOException {
        var server = HttpServer.create(address, CONNECTIONS);
        var number = new AtomicInteger();
        var threads = new ThreadPoolExecutor(
                0, CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    var thread = new Thread(work, "taskbound-mcp-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(threads);
        return new HttpFront(server, threads);
    }

    /**
     * Starts answering.
     *
     * @param issuer that their tokens are of
     * @param operator is told of what should not happen
     */
    public void serve(Gateway gateway, GatewayMap map, String issuer, Consumer<String> operator) {
        var url = map.url();
        var metadata = new ResourceMetadata(url, issuer, map.proofRequired());
        var endpoint = new Endpoint(gateway, url, metadata, authority());
        server.createContext("/", exchange -> {
            try (exchange) {
                send(exchange, answered(endpoint, HttpAsk.read(exchange), operator));
            }
        });
        server.start();
    }

    /** Whatever breaks in here, the caller hears that it broke and nothing else. */
    private static HttpTold answered(Endpoint endpoint, HttpAsk ask, Consumer<String> operator) {
        try {
            return endpoint.answer(ask);
        } catch (RuntimeException broken) {
            var error = InternalFault.told(broken, operator);
            return HttpTold.of(500, new RpcMessage.Failure(Optional.empty(), error).asJson());
        }
    }

    private String authority() {
        var bound = server.getAddress();
        var host = bound.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort();
    }

    /** Where it listens, such as {@code http://127.0.0.1:8766}. */
    public String url() {
        return "http://" + authority();
    }

    private static void send(HttpExchange exchange, HttpTold answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        answer.headers().forEach(headers::set);
        headers.set("Cache-Control", "no-store");
        if (answer.body().isEmpty()) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        var octets = text(answer.body().get());
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), octets.length);
        exchange.getResponseBody().write(octets);
    }

    private static byte[] text(JsonObject body) {
        return JsonText.of(body).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
