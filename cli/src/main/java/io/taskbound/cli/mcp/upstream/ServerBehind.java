// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.rpc.HeaderText;
import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An MCP server of either era, asked by the gateway in its own name. Which era it is of is found out once, as the
 * protocol says: what does not answer {@code server/discover} is asked to {@code initialize}. Thread-safe.
 */
public final class ServerBehind implements AutoCloseable {
    private static final Duration TO_PROBE = Duration.ofSeconds(10);
    private static final Duration TO_CONNECT = Duration.ofSeconds(20);
    private static final Duration TO_CALL = Duration.ofMinutes(2);
    private static final int MAX_PAGES = 50;
    private static final int GONE = 404;
    private static final int[] REFUSED = {401, 403};

    private final Link link;
    private final JsonObject self;
    private final AtomicLong ids = new AtomicLong();
    private volatile Era era;

    /**
     * What is known of the server.
     *
     * @param modern whether each request says its version, instead of a handshake
     * @param session that an older server wants named
     */
    private record Era(boolean modern, String version, Optional<String> session) {}

    private ServerBehind(Link link, String version) throws UpstreamFault {
        this.link = link;
        this.self = JsonObject.builder()
                .put("name", "taskbound-mcp-gateway")
                .put("version", version)
                .build();
        this.era = discover();
    }

    /** Agrees on a version with the server. */
    static ServerBehind connect(Link link, String version) throws UpstreamFault {
        try {
            return new ServerBehind(link, version);
        } catch (UpstreamFault fault) {
            link.close();
            throw fault;
        }
    }

    private Era discover() throws UpstreamFault {
        var modern = new Era(true, Protocol.MODERN, Optional.empty());
        var versions = supported(modern);
        if (versions.isEmpty()) {
            return initialize();
        }
        if (!versions.get().contains(Protocol.MODERN)) {
            throw new UpstreamFault("the MCP server speaks none of the protocol versions of this gateway");
        }
        return modern;
    }

    /** Older servers answer with any error, or not at all; if nobody is there, the second try will say so. */
    private Optional<List<String>> supported(Era modern) throws UpstreamFault {
        Link.Reply reply;
        try {
            reply = send(modern, Protocol.DISCOVER, JsonObject.EMPTY, Map.of(), TO_PROBE);
        } catch (UpstreamFault silent) {
            return Optional.empty();
        }
        requireWelcome(reply);
        return reply.answer().flatMap(ServerBehind::versions);
    }

    /** Those of a server of the newer era; empty for one of the older. */
    private static Optional<List<String>> versions(RpcMessage answer) {
        if (answer instanceof RpcMessage.Result result) {
            return result.result().array("supportedVersions").map(ServerBehind::texts);
        }
        var error = ((RpcMessage.Failure) answer).error();
        return error.code() == RpcError.UNSUPPORTED_VERSION
                ? error.data()
                        .flatMap(data ->
                                data instanceof JsonObject object ? object.array("supported") : Optional.empty())
                        .map(ServerBehind::texts)
                : Optional.empty();
    }

    private static List<String> texts(JsonArray array) {
        return array.items().stream()
                .filter(JsonString.class::isInstance)
                .map(item -> ((JsonString) item).value())
                .toList();
    }

    private Era initialize() throws UpstreamFault {
        var newest = Protocol.LEGACY.get(0);
        var parameters = JsonObject.builder()
                .put("protocolVersion", newest)
                .put("capabilities", JsonObject.EMPTY)
                .put("clientInfo", self)
                .build();
        var reply = send(new Era(false, "", Optional.empty()), Protocol.INITIALIZE, parameters, Map.of(), TO_CONNECT);
        requireWelcome(reply);
        if (!(reply.answer().orElse(null) instanceof RpcMessage.Result result)) {
            throw new UpstreamFault("the MCP server does not answer `initialize` (status " + reply.status() + ")");
        }
        var version = result.result()
                .string("protocolVersion")
                .filter(it -> Protocol.LEGACY.contains(it) || it.equals(Protocol.OLDEST))
                .orElseThrow(
                        () -> new UpstreamFault("the MCP server speaks none of the protocol versions of this gateway"));
        var agreed = new Era(false, version, reply.session());
        link.tell(new RpcMessage.Notice(Protocol.INITIALIZED, JsonObject.EMPTY), headers(agreed));
        return agreed;
    }

    private static void requireWelcome(Link.Reply reply) throws UpstreamFault {
        for (int status : REFUSED) {
            if (reply.status() == status) {
                throw new UpstreamFault("the MCP server refuses the gateway's own credential (status " + status + ")");
            }
        }
    }

    private Link.Reply send(
            Era as, String method, JsonObject parameters, Map<String, String> mirrored, Duration patience)
            throws UpstreamFault {
        var given = as.modern() ? withMeta(parameters) : parameters;
        var call = new RpcMessage.Call(JsonNumber.of(ids.incrementAndGet()), method, given);
        var headers = new LinkedHashMap<>(headers(as));
        if (as.modern()) {
            headers.put("Mcp-Method", method);
            headers.putAll(mirrored);
        }
        return link.ask(call, headers, patience);
    }

    private static Map<String, String> headers(Era as) {
        var headers = new LinkedHashMap<String, String>();
        if (!as.version().isEmpty()) {
            headers.put("MCP-Protocol-Version", as.version());
        }
        as.session().ifPresent(session -> headers.put("Mcp-Session-Id", session));
        return headers;
    }

    private JsonObject withMeta(JsonObject parameters) {
        var with = new LinkedHashMap<>(parameters.members());
        with.put(
                Protocol.META,
                JsonObject.builder()
                        .put(Protocol.VERSION_KEY, Protocol.MODERN)
                        .put(Protocol.CLIENT_KEY, self)
                        .put(Protocol.CAPABILITIES_KEY, JsonObject.EMPTY)
                        .build());
        return new JsonObject(with);
    }

    /** A result or an error of the server itself. */
    private RpcMessage ask(String method, JsonObject parameters, Map<String, String> mirrored, Duration patience)
            throws UpstreamFault {
        var as = era;
        var reply = send(as, method, parameters, mirrored, patience);
        if (reply.status() == GONE && as.session().isPresent() && reply.answer().isEmpty()) {
            // A server that forgot the session has done nothing with the request.
            reply = send(renewed(as), method, parameters, mirrored, patience);
        }
        requireWelcome(reply);
        int status = reply.status();
        return reply.answer()
                .orElseThrow(() -> new UpstreamFault("the MCP server answers " + method + " with status " + status));
    }

    private synchronized Era renewed(Era forgotten) throws UpstreamFault {
        if (era.equals(forgotten)) {
            era = initialize();
        }
        return era;
    }

    /** All tools, on all pages. Two of one name are left out: nobody could say which is called. */
    public Map<String, ToolDefinition> tools() throws UpstreamFault {
        var tools = new LinkedHashMap<String, ToolDefinition>();
        var twice = new ArrayList<String>();
        var cursor = Optional.<String>empty();
        for (int page = 0; page < MAX_PAGES; page++) {
            var result = tools(cursor);
            for (var item : result.array("tools").orElse(JsonArray.EMPTY).items()) {
                if (item instanceof JsonObject document) {
                    ToolDefinition.read(document)
                            .filter(tool -> tools.put(tool.name(), tool) != null)
                            .ifPresent(tool -> twice.add(tool.name()));
                }
            }
            cursor = result.string("nextCursor");
            if (cursor.isEmpty()) {
                twice.forEach(tools::remove);
                return tools;
            }
        }
        throw new UpstreamFault("the MCP server's list of tools has more than " + MAX_PAGES + " pages");
    }

    private JsonObject tools(Optional<String> cursor) throws UpstreamFault {
        var parameters = JsonObject.builder().putIfPresent("cursor", cursor).build();
        if (ask(Protocol.LIST_TOOLS, parameters, Map.of(), TO_CONNECT) instanceof RpcMessage.Result result) {
            return result.result();
        }
        throw new UpstreamFault("the MCP server does not list its tools");
    }

    /** Calls a tool; a result, or an error of the server itself. */
    public RpcMessage call(ToolDefinition tool, JsonObject arguments) throws UpstreamFault {
        var parameters = JsonObject.builder()
                .put("name", tool.name())
                .put("arguments", arguments)
                .build();
        return ask(Protocol.CALL_TOOL, parameters, mirrored(tool, arguments), TO_CALL);
    }

    /** What protocol version 2026-07-28 wants said in header fields, too. */
    private static Map<String, String> mirrored(ToolDefinition tool, JsonObject arguments) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Mcp-Name", HeaderText.encode(tool.name()));
        tool.inputSchema()
                .object("properties")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, schema) -> {
                    var field = schema instanceof JsonObject object
                            ? object.string("x-mcp-header")
                            : Optional.<String>empty();
                    field.filter(it -> it.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}"))
                            .flatMap(it -> arguments.get(name).map(ServerBehind::text))
                            .ifPresent(value -> headers.put("Mcp-Param-" + field.get(), HeaderText.encode(value)));
                });
        return headers;
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.value() : JsonText.of(value);
    }

    @Override
    public void close() {
        link.close();
    }
}
