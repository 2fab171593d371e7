// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.modern.JsonRpc;
import io.modelcontextprotocol.modern.server.McpHeaders;
import io.modelcontextprotocol.modern.server.McpTransportResponse;
import io.modelcontextprotocol.modern.server.transport.McpHeaderDecoder;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;

/** A server of the official SDK behind the JDK's HTTP server: nothing of what it answers was written here. */
final class SdkTicketServer implements AutoCloseable {
    private final McpJsonMapper json = McpJsonDefaults.getMapper();
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private SdkTicketServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
    }

    static SdkTicketServer modern() throws IOException {
        var server = new SdkTicketServer();
        var handler = SdkTools.server(server.calls::add);
        server.begin((exchange, body) -> {
            var message = JsonRpc.deserializeMessage(server.json, body);
            if (!(message instanceof JsonRpc.JSONRPCRequest request)) {
                return new Told(202, null);
            }
            var context = McpTransportContext.create(
                    Map.of(McpHeaders.TRANSPORT_CONTEXT_KEY, McpHeaderDecoder.headers(headers(exchange))));
            var answer = handler.handleBlocking(context, request).block();
            return answer instanceof McpTransportResponse.Result result
                    ? new Told(200, result.response())
                    : new Told(400, ((McpTransportResponse.Error) answer).response());
        });
        return server;
    }

    private static HeaderAccessor headers(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        return new HeaderAccessor() {
            @Override
            public List<String> getHeader(String name) {
                return headers.getOrDefault(name, List.of());
            }

            @Override
            public List<String> getHeaderNames() {
                return List.copyOf(headers.keySet());
            }
        };
    }

    static SdkTicketServer legacy() throws IOException {
        var server = new SdkTicketServer();
        var transport = new Stateless();
        var said = List.of("read_ticket", "update_record", "drop_all");
        var builder = McpServer.sync(transport)
                .serverInfo("tickets", "1")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build());
        for (var name : said) {
            var tool = McpSchema.Tool.builder(name, name.equals("read_ticket") ? SdkTools.ID : SdkTools.ID_AND_STATUS)
                    .build();
            builder.toolCall(tool, (context, call) -> {
                server.calls.add(name + " " + call.arguments());
                return McpSchema.CallToolResult.builder()
                        .addTextContent(name + " is done")
                        .build();
            });
        }
        builder.build();
        server.begin((exchange, body) -> {
            var message = McpSchema.deserializeJsonRpcMessage(server.json, body);
            if (message instanceof McpSchema.JSONRPCRequest request) {
                return new Told(
                        200,
                        transport
                                .handler()
                                .handleRequest(McpTransportContext.EMPTY, request)
                                .block());
            }
            transport
                    .handler()
                    .handleNotification(McpTransportContext.EMPTY, (McpSchema.JSONRPCNotification) message)
                    .block();
            return new Told(202, null);
        });
        return server;
    }

    private static final class Stateless implements McpStatelessServerTransport {
        private McpStatelessServerHandler handler;

        McpStatelessServerHandler handler() {
            return handler;
        }

        @Override
        public void setMcpHandler(McpStatelessServerHandler value) {
            handler = value;
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }

        @Override
        public List<String> protocolVersions() {
            return List.of(
                    ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);
        }
    }

    private record Told(int status, Object body) {}

    private interface Handler {
        Told handle(HttpExchange exchange, String body) throws IOException;
    }

    private void begin(Handler handler) {
        http.createContext("/mcp", exchange -> {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var told = handler.handle(exchange, body);
                if (told.body() == null) {
                    exchange.sendResponseHeaders(told.status(), -1);
                    return;
                }
                var octets = json.writeValueAsBytes(told.body());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(told.status(), octets.length);
                exchange.getResponseBody().write(octets);
            }
        });
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/mcp";
    }

    /** The calls of tools that arrived. */
    List<String> calls() {
        return calls;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
