// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.gateway;

import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.cli.mcp.upstream.Servers;
import io.taskbound.cli.mcp.upstream.ToolWatch;
import io.taskbound.cli.mcp.upstream.UpstreamFault;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskVerifier;
import io.taskbound.client.Use;
import io.taskbound.client.VerifiedTask;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers requests of the Model Context Protocol for callers with task tokens. There are tools and nothing else: no
 * resources, no prompts, no questions of the server to its caller. Thread-safe; keeps no session.
 */
public final class Gateway {
    private final GatewayMap map;
    private final ToolWatch tools;
    private final Enforcer enforcer;
    private final Admission admission;
    private final ToolCalls calls;
    private final JsonObject self;
    private final Clock clock;
    private final Consumer<String> operator;

    /**
     * @param verifier with this gateway's URL as its audience, redeeming afterwards and proving elsewhere: each call is
     *     redeemed with its proof
     * @param version of the gateway, which callers are told
     * @param operator is told each decision, and what is wrong
     */
    public Gateway(
            GatewayMap map,
            Servers behind,
            IssuerClient issuer,
            ServerCredentials credentials,
            TaskVerifier verifier,
            String version,
            Clock clock,
            Consumer<String> operator) {
        this.map = map;
        this.tools = behind.tools();
        this.enforcer = Enforcer.of(issuer, credentials);
        this.admission = new Admission(verifier, issuer, credentials, map, clock);
        this.calls = new ToolCalls(map, behind.server(), tools, enforcer, admission, operator);
        this.self = JsonObject.builder()
                .put("name", "taskbound-mcp-gateway")
                .put("version", version)
                .build();
        this.clock = clock;
        this.operator = operator;
    }

    /** Whether the caller may say anything: what a notification needs. */
    public Optional<Verdict.Refused> objection(Presented presented) {
        var objection = token(presented)
                .flatMap(token -> admission.verify(token).refused())
                .or(() -> unreadable(presented));
        objection.flatMap(Verdict.Refused::operator).ifPresent(operator);
        return objection;
    }

    public Outcome answer(Caller caller, RpcMessage.Call call) {
        var token = token(caller.presented());
        if (token.isEmpty()) {
            return new Outcome.Denied(unreadable(caller.presented()).orElseThrow());
        }
        if (call.method().equals(Protocol.CALL_TOOL)) {
            return called(token.get(), caller, call);
        }
        var admitted = admission.look(token.get());
        admitted.refused().flatMap(Verdict.Refused::operator).ifPresent(operator);
        return admitted.refused()
                .<Outcome>map(Outcome.Denied::new)
                .orElseGet(() -> answer(admitted.task().orElseThrow(), caller.modern(), call));
    }

    private static Optional<Presented.Token> token(Presented presented) {
        return presented instanceof Presented.Token token ? Optional.of(token) : Optional.empty();
    }

    /** About what does not hold a token the enforcer asks nobody. */
    private Optional<Verdict.Refused> unreadable(Presented presented) {
        return presented instanceof Presented.Token
                ? Optional.empty()
                : Optional.of(
                        (Verdict.Refused) enforcer.enforce(presented, Use.once("none", "none"), "POST", map.url()));
    }

    private Outcome called(Presented.Token token, Caller caller, RpcMessage.Call call) {
        var decision = new Decision(clock);
        try {
            var admitted = admission.verify(token);
            if (admitted.refused().isPresent()) {
                decision.refused(admitted.refused().get().reason());
                admitted.refused().get().operator().ifPresent(operator);
                return new Outcome.Denied(admitted.refused().get());
            }
            var task = admitted.task().orElseThrow();
            decision.handle(task.handle());
            var replayed = admission.replayed(token, task);
            if (replayed.isPresent()) {
                decision.refused(replayed.get().reason());
                return new Outcome.Denied(replayed.get());
            }
            return calls.call(token, call.params(), caller.modern(), decision);
        } finally {
            operator.accept(decision.line());
        }
    }

    private Outcome answer(VerifiedTask task, boolean modern, RpcMessage.Call call) {
        return switch (call.method()) {
            case Protocol.DISCOVER -> modern ? new Outcome.Done(discovered()) : unknown();
            case Protocol.INITIALIZE -> modern ? unknown() : new Outcome.Done(initialized(call.params()));
            case Protocol.PING -> modern ? unknown() : new Outcome.Done(JsonObject.EMPTY);
            case Protocol.LIST_TOOLS -> listed(task, modern);
            default -> unknown();
        };
    }

    private static Outcome unknown() {
        return new Outcome.Failed(RpcError.of(RpcError.UNKNOWN_METHOD, "This gateway has tools, and no such method."));
    }

    private static JsonObject capabilities() {
        return JsonObject.builder().put("tools", JsonObject.EMPTY).build();
    }

    private JsonObject discovered() {
        var versions = new ArrayList<>(List.of(Protocol.MODERN));
        versions.addAll(Protocol.LEGACY);
        return forThisTokenAlone(JsonObject.builder())
                .put("supportedVersions", JsonArray.ofStrings(versions))
                .put("capabilities", capabilities())
                .put(
                        Protocol.META,
                        JsonObject.builder().put(Protocol.SERVER_KEY, self).build())
                .build();
    }

    /** Nobody may keep it for another token, nor for this one when it has ended. */
    private static JsonObject.Builder forThisTokenAlone(JsonObject.Builder result) {
        return result.put("resultType", "complete").put("ttlMs", 0).put("cacheScope", "private");
    }

    private JsonObject initialized(JsonObject parameters) {
        var version = parameters
                .string("protocolVersion")
                .filter(Protocol.LEGACY::contains)
                .orElse(Protocol.LEGACY.get(0));
        return JsonObject.builder()
                .put("protocolVersion", version)
                .put("capabilities", capabilities())
                .put("serverInfo", self)
                .build();
    }

    private Outcome listed(VerifiedTask task, boolean modern) {
        try {
            var shown = new ArrayList<JsonValue>();
            tools.tools()
                    .forEach((name, tool) -> Optional.ofNullable(map.tools().get(name))
                            .filter(rule -> task.details().stream().anyMatch(rule::isPermitted))
                            .ifPresent(rule -> shown.add(ShownTool.of(tool, rule))));
            var result = modern ? forThisTokenAlone(JsonObject.builder()) : JsonObject.builder();
            return new Outcome.Done(result.put("tools", new JsonArray(shown)).build());
        } catch (UpstreamFault fault) {
            operator.accept(fault.what());
            return new Outcome.Failed(
                    RpcError.of(RpcError.INTERNAL, "The server behind this gateway does not answer at present."));
        }
    }
}
