// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.taskbound.cli.mcp.front.HttpFront;
import io.taskbound.cli.mcp.gateway.Gateway;
import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.map.MapFile;
import io.taskbound.cli.mcp.upstream.Servers;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.TaskVerifier;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The gateway as the command wires it, in front of any server, on a port of its own. */
final class GatewayInFront implements AutoCloseable {
    private static final String TOOLS = """
            tools:
              read_ticket:
                action: read
                identifier: "ticket:{id}"
                arguments: {id: name}
              update_record:
                action: update
                identifier: "record:{id}"
                arguments: {id: name, status: [open, closed]}
            """;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Servers behind;
    private final HttpFront front;
    private final Gateway gateway;
    private final List<String> said;

    private GatewayInFront(Servers behind, HttpFront front, Gateway gateway, List<String> said) {
        this.behind = behind;
        this.front = front;
        this.gateway = gateway;
        this.said = said;
    }

    /** @param server the YAML of the map's server, on one line */
    static GatewayInFront start(TicketIssuer issuer, String server, Path folder, Clock clock) throws Exception {
        return start(issuer, server, folder, clock, Map.of());
    }

    /** @param reviewed hashes of tools that somebody has looked at */
    static GatewayInFront start(
            TicketIssuer issuer, String server, Path folder, Clock clock, Map<String, String> reviewed)
            throws Exception {
        return start(issuer, map(server, folder, reviewed), clock);
    }

    static GatewayMap map(String server, Path folder) throws Exception {
        return map(server, folder, Map.of());
    }

    private static GatewayMap map(String server, Path folder, Map<String, String> reviewed) throws Exception {
        var tools = TOOLS;
        for (var tool : reviewed.entrySet()) {
            tools = tools.replace(
                    tool.getKey() + ":", tool.getKey() + ":\n    definition_sha256: \"" + tool.getValue() + "\"");
        }
        var text = "version: 1\nurl: " + TicketIssuer.AUDIENCE + "\nserver: " + server + "\n" + tools;
        return MapFile.read(Files.writeString(folder.resolve("map.yaml"), text)).match(map -> map, faults -> {
            throw new AssertionError(faults.toString());
        });
    }

    private static GatewayInFront start(TicketIssuer issuer, GatewayMap map, Clock clock) throws Exception {
        var said = new CopyOnWriteArrayList<String>();
        var context = new CommandContext(
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(OutputStream.nullOutputStream()),
                InputStream.nullInputStream(),
                Map.of("SERVER_CREDENTIAL", TicketServer.CREDENTIAL, "PATH", System.getenv("PATH")),
                false,
                clock);
        var behind = Servers.connect(map, "test", context, said::add);
        var gateway = new Gateway(
                map,
                behind,
                issuer.client(),
                issuer.credentials(),
                TaskVerifier.builder(IssuerUrl.of(issuer.url()), TicketIssuer.AUDIENCE)
                        .redeemingAfterwards()
                        .provingElsewhere()
                        .build(),
                "test",
                clock,
                said::add);
        var front = HttpFront.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        front.serve(gateway, map, issuer.url(), said::add);
        return new GatewayInFront(behind, front, gateway, said);
    }

    /** What its operator was told. */
    List<String> said() {
        return said;
    }

    Gateway gateway() {
        return gateway;
    }

    String url() {
        return front.url() + "/mcp";
    }

    int port() {
        return URI.create(front.url()).getPort();
    }

    /** Posts a body with a token; more header fields as name and value. */
    HttpResponse<String> post(String token, String body, String... headers) throws Exception {
        return send("Bearer " + token, body, headers);
    }

    /** The same for a token that is bound to a key. */
    HttpResponse<String> proven(String token, String proof, String body) throws Exception {
        return send("DPoP " + token, body, "DPoP", proof);
    }

    private HttpResponse<String> send(String authorization, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** What an unauthorized caller reads at a path. */
    String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(front.url() + path)).build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    static String call(String tool, String arguments) {
        return request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    @Override
    public void close() {
        front.close();
        behind.close();
    }
}
