// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.agent;

import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.mcp.rpc.HeaderText;
import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcFault;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.cli.mcp.rpc.RpcReader;
import io.taskbound.client.TaskToken;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** An agent's side of the protocol: it speaks to one server with one token. */
final class Agent {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong ids = new AtomicLong();
    private final URI server;
    private final TaskToken token;

    Agent(URI server, TaskToken token) {
        this.server = server;
        this.token = token;
    }

    /**
     * What came back.
     *
     * @param refused whether the request was turned away, in whichever way
     */
    record Heard(boolean refused, JsonObject result) {}

    /** The names of the tools that it is shown; none where it is turned away. */
    List<String> tools() throws StoryBroken, InterruptedException {
        return ask(Protocol.LIST_TOOLS, JsonObject.builder(), Optional.empty())
                .result()
                .array("tools")
                .orElse(JsonArray.EMPTY)
                .items()
                .stream()
                .flatMap(tool -> tool instanceof JsonObject object ? object.string("name").stream() : Stream.empty())
                .toList();
    }

    /** Calls a tool with one or two arguments; without the second where it is empty. */
    Heard call(String tool, String id, String status) throws StoryBroken, InterruptedException {
        var arguments = JsonObject.builder();
        if (!id.isEmpty()) {
            arguments.put("id", id);
        }
        if (!status.isEmpty()) {
            arguments.put("status", status);
        }
        return ask(
                Protocol.CALL_TOOL,
                JsonObject.builder().put("name", tool).put("arguments", arguments.build()),
                Optional.of(tool));
    }

    private Heard ask(String method, JsonObject.Builder parameters, Optional<String> name)
            throws StoryBroken, InterruptedException {
        var meta = JsonObject.builder()
                .put(Protocol.VERSION_KEY, Protocol.MODERN)
                .put(Protocol.CAPABILITIES_KEY, JsonObject.EMPTY)
                .build();
        var call = new RpcMessage.Call(
                JsonNumber.of(ids.incrementAndGet()),
                method,
                parameters.put(Protocol.META, meta).build());
        var request = HttpRequest.newBuilder(server)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token.reveal())
                .header("MCP-Protocol-Version", Protocol.MODERN)
                .header("Mcp-Method", method)
                .POST(BodyPublishers.ofString(JsonText.of(call.asJson())));
        name.ifPresent(it -> request.header("Mcp-Name", HeaderText.encode(it)));
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return heard(response.statusCode(), response.body());
        } catch (IOException | RpcFault broken) {
            throw new StoryBroken("the gateway did not answer: " + broken.getMessage());
        }
    }

    private static Heard heard(int status, byte[] body) throws RpcFault, StoryBroken {
        if (RpcReader.read(body) instanceof RpcMessage.Result result) {
            return new Heard(result.result().bool("isError").orElse(false), result.result());
        }
        if (status == BAD_REQUEST || status == UNAUTHORIZED) {
            return new Heard(true, JsonObject.EMPTY);
        }
        throw new StoryBroken("the gateway answered with status " + status);
    }
}
