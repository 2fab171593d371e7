// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A small MCP server over HTTP, of either era, that remembers all that it was sent. An old one keeps a session and
 * answers with streams in which it also asks something.
 */
final class TicketServer implements AutoCloseable {
    static final String CREDENTIAL = "Bearer the-credential-of-the-gateway";

    private static final String READ = """
            {"name":"read_ticket","description":"Reads a ticket","inputSchema":{"type":"object","properties":
             {"id":{"type":"string","x-mcp-header":"Ticket"},"format":{"type":"string"}},"required":["id"]}}""";
    private static final String UPDATE = """
            {"name":"update_record","inputSchema":{"type":"object","properties":
             {"id":{"type":"string"},"status":{"type":"string"}},"required":["id","status"]},"_meta":{"v":1}}""";
    private static final String DROP = """
            {"name":"drop_all","inputSchema":{"type":"object"}}""";

    private final HttpServer http;
    private final boolean modern;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<JsonObject> calls = new CopyOnWriteArrayList<>();
    private volatile boolean announced;
    private volatile String session = "s-1";
    private volatile String read = READ;
    private volatile String answer = """
            {"content":[{"type":"text","text":"done"}],"structuredContent":{"n":12345678901234567890.5}}""";

    private TicketServer(HttpServer http, boolean modern) {
        this.http = http;
        this.modern = modern;
    }

    static TicketServer start(boolean modern) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var server = new TicketServer(http, modern);
        http.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/mcp", server::handle);
        http.start();
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/mcp";
    }

    /** The calls of tools that it saw. */
    List<JsonObject> calls() {
        return calls;
    }

    /** Head and body of all requests, as one text each. */
    List<String> received() {
        return received;
    }

    /** Describes its first tool otherwise from now on. */
    void describes(String description) {
        read = READ.replace("Reads a ticket", description);
    }

    /** Has one more argument from now on. */
    void takesMore() {
        read = READ.replace("\"format\":", "\"also\":{\"type\":\"string\"},\"format\":");
    }

    /** Says with its next answers that its tools are others. */
    void announces() {
        announced = true;
    }

    void answers(String result) {
        answer = result;
    }

    void forgetsSessions() {
        session = "s-2";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().entrySet() + "\n" + body);
            var headers = exchange.getRequestHeaders();
            if (!CREDENTIAL.equals(headers.getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var message = StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8));
            var method = message.string("method").orElse("");
            if (!modern && !method.equals("initialize") && !session.equals(headers.getFirst("Mcp-Session-Id"))) {
                // What is of the other era is not understood at all.
                exchange.sendResponseHeaders(headers.getFirst("Mcp-Session-Id") == null ? 400 : 404, -1);
                return;
            }
            var id = message.get("id");
            if (id.isEmpty() || method.isEmpty()) {
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            if (modern && !headers.containsKey("Mcp-Method")) {
                send(exchange, 400, error(id.get(), -32020));
                return;
            }
            if (method.equals("tools/call")) {
                calls.add(message.object("params").orElseThrow());
            }
            var result = result(method);
            send(exchange, 200, result == null ? error(id.get(), -32601) : answer(id.get(), result));
        } catch (MalformedJson e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private String result(String method) {
        return switch (method) {
            case "server/discover" ->
                modern
                        ? "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}}"
                        : null;
            case "initialize" ->
                modern
                        ? null
                        : "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"t\",\"version\":\"1\"}}";
            case "tools/list" -> "{\"tools\":[" + read + "," + UPDATE + "," + DROP + "]}";
            case "tools/call" -> answer;
            default -> null;
        };
    }

    private static String answer(JsonValue id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + JsonText.of(id) + ",\"result\":" + result.replace("\n", " ") + "}";
    }

    private static String error(JsonValue id, int code) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + JsonText.of(id) + ",\"error\":{\"code\":" + code
                + ",\"message\":\"no\"}}";
    }

    private void send(HttpExchange exchange, int status, String message) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", modern ? "application/json" : "text/event-stream");
        headers.set("Mcp-Session-Id", session);
        var text = modern
                ? message
                : ": hello\r\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"sampling/createMessage\",\"params\":{}}\n\n"
                        + (announced
                                ? "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n"
                                : "")
                        + "id: 1\ndata:" + message + "\n\n";
        var octets = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
