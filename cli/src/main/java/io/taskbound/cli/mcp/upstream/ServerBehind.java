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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An MCP server of either era, asked by the gateway in its own name. Which era it is of is found out once, as the
 * protocol says: what does not answer {@code server/discover} is asked to {@code initialize}. Thread-safe.
 */
public final class ServerBehind implements AutoCloseable {
    private static final Duration TO_PROBE = Duration.ofSeconds(10);
    /** For a program that the gateway starts: it may be fetched and compiled before it answers at all. */
    static final Duration TO_START = Duration.ofSeconds(60);

    /** From the thread that has heard an answer. */
    private static final Duration TO_HAND_OVER = Duration.ofSeconds(1);
    /** For a server that runs already. */
    static final Duration TO_CONNECT = Duration.ofSeconds(20);

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

    private ServerBehind(Link link, String version, Duration toProbe, Duration toStart) throws UpstreamFault {
        this.link = link;
        this.self = JsonObject.builder()
                .put("name", "taskbound-mcp-gateway")
                .put("version", version)
                .build();
        this.era = discover(toProbe, toStart);
    }

    /**
     * Agrees on a version with the server.
     *
     * @param toStart how long it may take to answer at all
     */
    static ServerBehind connect(Link link, String version, Duration toStart) throws UpstreamFault {
        return connect(link, version, TO_PROBE, toStart);
    }

    /** @param toProbe what does not answer in this time is asked as an older server as well */
    static ServerBehind connect(Link link, String version, Duration toProbe, Duration toStart) throws UpstreamFault {
        try {
            return new ServerBehind(link, version, toProbe, toStart);
        } catch (UpstreamFault fault) {
            link.close();
            throw fault;
        }
    }

    /** Older servers answer with any error, or not at all; if nobody is there, the second question will say so. */
    private Era discover(Duration toProbe, Duration toStart) throws UpstreamFault {
        var modern = new Era(true, Protocol.MODERN, Optional.empty());
        var probe = probe(modern, toStart);
        var soon = within(toProbe, probe);
        if (soon.isPresent()) {
            requireWelcome(soon.get());
            var versions = soon.get().answer().flatMap(ServerBehind::versions);
            return versions.isPresent() ? modern(modern, versions.get()) : initialize(toStart);
        }
        try {
            return initialize(toStart);
        } catch (UpstreamFault refused) {
            // A newer server that was slow to start has answered the first question by now, and knows no second one.
            var versions =
                    within(TO_HAND_OVER, probe).flatMap(Link.Reply::answer).flatMap(ServerBehind::versions);
            return modern(modern, versions.orElseThrow(() -> refused));
        }
    }

    private static Era modern(Era modern, List<String> versions) throws UpstreamFault {
        if (!versions.contains(Protocol.MODERN)) {
            throw new UpstreamFault("the MCP server speaks none of the protocol versions of this gateway");
        }
        return modern;
    }

    /** On a thread of its own, so that the answer is heard however late it is. */
    private CompletableFuture<Link.Reply> probe(Era modern, Duration patience) {
        var answer = new CompletableFuture<Link.Reply>();
        var asking = new Thread(
                () -> {
                    try {
                        answer.complete(send(modern, Protocol.DISCOVER, JsonObject.EMPTY, Map.of(), patience));
                    } catch (UpstreamFault silent) {
                        answer.completeExceptionally(silent);
                    }
                },
                "taskbound-mcp-probe");
        asking.setDaemon(true);
        asking.start();
        return answer;
    }

    private static Optional<Link.Reply> within(Duration patience, CompletableFuture<Link.Reply> answer)
            throws UpstreamFault {
        try {
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException silent) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UpstreamFault("the gateway is ending");
        }
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

    private Era initialize(Duration patience) throws UpstreamFault {
        var newest = Protocol.LEGACY.get(0);
        var parameters = JsonObject.builder()
                .put("protocolVersion", newest)
                .put("capabilities", JsonObject.EMPTY)
                .put("clientInfo", self)
                .build();
        var reply = send(new Era(false, "", Optional.empty()), Protocol.INITIALIZE, parameters, Map.of(), patience);
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
            era = initialize(TO_CONNECT);
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
