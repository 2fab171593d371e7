// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An MCP server with one tool that does nothing, so that a call of it costs hardly more than HTTP. */
final class SigningTool implements AutoCloseable {
    /** The call that is measured. */
    static final String CALL = String.format(Locale.ROOT, """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"sign","arguments":{"owner":"acme",\
            "name":"shop","file":"app.jar","digest":"%s"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""", "9f".repeat(32));

    private static final String CALLED =
            "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"signed\"}]}";
    private static final String LIST = """
            {"resultType":"complete","tools":[{"name":"sign","description":"Signs an artifact","inputSchema":{"type":"object",\
            "properties":{"owner":{"type":"string"},"name":{"type":"string"},"file":{"type":"string"},\
            "digest":{"type":"string"}}}}],"ttlMs":0,"cacheScope":"private"}""";
    private static final String DISCOVERED =
            "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger calls = new AtomicInteger();

    SigningTool() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var message = Json.object(exchange.getRequestBody().readAllBytes());
            var answer = "{\"jsonrpc\":\"2.0\",\"id\":"
                    + message.wholeNumber("id").orElseThrow()
                    + ",\"result\":"
                    + result(message.string("method").orElse(""))
                    + "}";
            var octets = answer.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    private String result(String method) {
        if (method.equals("tools/call")) {
            calls.incrementAndGet();
            return CALLED;
        }
        return method.equals("tools/list") ? LIST : DISCOVERED;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How often the tool was called. */
    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
