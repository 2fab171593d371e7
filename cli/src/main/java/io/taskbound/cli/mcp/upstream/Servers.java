// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.map.SecretPlace;
import io.taskbound.cli.mcp.map.ServerPlace;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.SecretInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What is behind one gateway, ready to be asked: the server and its tools. */
public final class Servers implements AutoCloseable {
    private final ServerBehind server;
    private final ToolWatch tools;
    private final CompletableFuture<Void> ended;

    private Servers(ServerBehind server, ToolWatch tools, CompletableFuture<Void> ended) {
        this.server = server;
        this.tools = tools;
        this.ended = ended;
    }

    /**
     * Connects to the server of a map, or starts it, with the gateway's own credential.
     *
     * @param version of the gateway, which the server is told
     * @param operator is told what there is to know
     */
    public static Servers connect(GatewayMap map, String version, CommandContext context, Consumer<String> operator)
            throws Complaint {
        var changed = new AtomicBoolean();
        var unasked = new Unasked(() -> changed.set(true));
        try {
            var link = link(map.server(), unasked, context);
            var toStart = link instanceof StdioLink ? ServerBehind.TO_START : ServerBehind.TO_CONNECT;
            var server = ServerBehind.connect(link, version, toStart);
            var ended = link instanceof StdioLink program ? program.ended() : new CompletableFuture<Void>();
            return new Servers(server, tools(server, map, changed, context, operator), ended);
        } catch (UpstreamFault fault) {
            throw Complaint.refused(
                    "The gateway cannot begin: " + fault.what() + ".",
                    "Look at `server` in the map, and whether the server runs.");
        }
    }

    private static ToolWatch tools(
            ServerBehind server,
            GatewayMap map,
            AtomicBoolean changed,
            CommandContext context,
            Consumer<String> operator)
            throws UpstreamFault {
        try {
            return ToolWatch.begin(server, map.tools(), changed, context.clock(), operator);
        } catch (UpstreamFault fault) {
            server.close();
            throw fault;
        }
    }

    private static Link link(ServerPlace place, Unasked unasked, CommandContext context)
            throws Complaint, UpstreamFault {
        if (place instanceof ServerPlace.Address address) {
            return new HttpLink(address.url(), secrets(address.headers(), context), unasked);
        }
        var program = (ServerPlace.Program) place;
        return StdioLink.start(
                program.command(), context.environment(), secrets(program.environment(), context), unasked);
    }

    private static Map<String, String> secrets(Map<String, SecretPlace> places, CommandContext context)
            throws Complaint {
        var secrets = new LinkedHashMap<String, String>();
        for (var place : places.entrySet()) {
            secrets.put(place.getKey(), secret(place.getKey(), place.getValue(), context));
        }
        return secrets;
    }

    private static String secret(String name, SecretPlace place, CommandContext context) throws Complaint {
        var text = place instanceof SecretPlace.InFile file
                ? SecretInput.file(Path.of(file.path()))
                : context.variable(((SecretPlace.InVariable) place).name()).orElse("");
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
            throw Complaint.usage(
                    "What the map names for " + name + " is empty, or has a character that no credential has.",
                    "It must be one line of printable ASCII, such as: Bearer and the server's own token.");
        }
        return text;
    }

    public ServerBehind server() {
        return server;
    }

    public ToolWatch tools() {
        return tools;
    }

    /** Completes when a program behind the gateway has ended. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        server.close();
    }
}
